package io.inferwatt.agent.instrumentation.openai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import org.jspecify.annotations.Nullable;

/**
 * One kind of request and the answers to it. Reads fields of JSON as far as they are what they should be: servers of other makers
 * leave some out, and none of that is an error. Never reads what models are asked or answer.
 */
interface Endpoint {

    /** Returns what a request asks for, from its parameters. */
    Asked asked(Object params);

    /** Tells a call what its answer, or a piece of a streamed one, says of model and tokens. */
    void tell(RemoteCall call, Object answer);

    /** Returns whether a piece of a streamed answer is something that the model wrote. */
    default boolean isOutput(Object piece) {
        return true;
    }

    /**
     * Returns the endpoint that takes parameters of this class; null if it is not known. Looked up by name, since not all versions
     * of the library have all of them.
     */
    static @Nullable Endpoint of(Class<?> params) {
        return switch (params.getName()) {
            case "com.openai.models.chat.completions.ChatCompletionCreateParams" -> ChatCompletions.ENDPOINT;
            case "com.openai.models.responses.ResponseCreateParams" -> Responses.ENDPOINT;
            case "com.openai.models.beta.responses.ResponseCreateParams" -> BetaResponses.ENDPOINT;
            case "com.openai.models.completions.CompletionCreateParams" -> Completions.ENDPOINT;
            case "com.openai.models.embeddings.EmbeddingCreateParams" -> Embeddings.ENDPOINT;
            case "com.openai.models.images.ImageGenerateParams" -> GeneratedImages.ENDPOINT;
            case "com.openai.models.images.ImageEditParams" -> EditedImages.ENDPOINT;
            case "com.openai.models.images.ImageCreateVariationParams" -> ImageVariations.ENDPOINT;
            case "com.openai.models.audio.speech.SpeechCreateParams",
                    "com.openai.models.audio.transcriptions.TranscriptionCreateParams",
                    "com.openai.models.audio.translations.TranslationCreateParams",
                    "com.openai.models.moderations.ModerationCreateParams" -> OnlyCounted.ENDPOINT;
            default -> null;
        };
    }
}
