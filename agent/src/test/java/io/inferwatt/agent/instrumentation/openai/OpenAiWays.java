package io.inferwatt.agent.instrumentation.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.translations.TranslationCreateParams;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageCreateVariationParams;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks what can be asked in each way there is. A way is a kind of request, such as {@code chat}, and how it is sent: {@code sync},
 * {@code async}, {@code raw} or {@code rawAsync}, and the same of {@code stream}.
 */
final class OpenAiWays {

    private static final ChatCompletionCreateParams CHAT = ChatCompletionCreateParams.builder()
            .model("gpt-4o-mini")
            .addUserMessage("Hi")
            .build();
    private static final ResponseCreateParams RESPONSE =
            ResponseCreateParams.builder().model("gpt-5").input("Hi").build();
    private static final com.openai.models.beta.responses.ResponseCreateParams BETA =
            com.openai.models.beta.responses.ResponseCreateParams.builder()
                    .model("gpt-5")
                    .input("Hi")
                    .build();
    private static final CompletionCreateParams COMPLETION = CompletionCreateParams.builder()
            .model("gpt-3.5-turbo-instruct")
            .prompt("Hi")
            .build();
    private static final EmbeddingCreateParams EMBEDDING = EmbeddingCreateParams.builder()
            .model("text-embedding-3-small")
            .inputOfArrayOfStrings(List.of("a", "b", "c"))
            .build();
    private static final ImageGenerateParams IMAGE = ImageGenerateParams.builder()
            .model("gpt-image-1")
            .prompt("a hill")
            .n(2)
            .size(ImageGenerateParams.Size._1024X1024)
            .build();

    private OpenAiWays() {}

    @SuppressWarnings("MustBeClosedChecker") // what each is given to closes it
    static String ask(OpenAIClient client, String way) throws Exception {
        OpenAIClientAsync async = client.async();
        return switch (way) {
            case "chat sync" -> text(client.chat().completions().create(CHAT));
            case "chat async" -> later(async.chat().completions().create(CHAT));
            case "chat raw" -> raw(client.chat().completions().withRawResponse().create(CHAT));
            case "chat rawAsync" ->
                rawLater(async.chat().completions().withRawResponse().create(CHAT));
            case "chat stream sync" -> all(client.chat().completions().createStreaming(CHAT));
            case "chat stream async" -> pushed(async.chat().completions().createStreaming(CHAT));
            case "chat stream raw" ->
                rawAll(client.chat().completions().withRawResponse().createStreaming(CHAT));
            case "chat stream rawAsync" ->
                rawAllLater(async.chat().completions().withRawResponse().createStreaming(CHAT));
            case "response sync" -> text(client.responses().create(RESPONSE));
            case "response async" -> later(async.responses().create(RESPONSE));
            case "response raw" -> raw(client.responses().withRawResponse().create(RESPONSE));
            case "response rawAsync" ->
                rawLater(async.responses().withRawResponse().create(RESPONSE));
            case "response stream sync" -> all(client.responses().createStreaming(RESPONSE));
            case "response stream async" -> pushed(async.responses().createStreaming(RESPONSE));
            case "response stream raw" ->
                rawAll(client.responses().withRawResponse().createStreaming(RESPONSE));
            case "response stream rawAsync" ->
                rawAllLater(async.responses().withRawResponse().createStreaming(RESPONSE));
            case "beta sync" -> text(client.beta().responses().create(BETA));
            case "beta async" -> later(async.beta().responses().create(BETA));
            case "beta raw" -> raw(client.beta().responses().withRawResponse().create(BETA));
            case "beta rawAsync" ->
                rawLater(async.beta().responses().withRawResponse().create(BETA));
            case "beta stream sync" -> all(client.beta().responses().createStreaming(BETA));
            case "beta stream async" -> pushed(async.beta().responses().createStreaming(BETA));
            case "completion sync" -> text(client.completions().create(COMPLETION));
            case "completion async" -> later(async.completions().create(COMPLETION));
            case "completion raw" -> raw(client.completions().withRawResponse().create(COMPLETION));
            case "completion stream sync" -> all(client.completions().createStreaming(COMPLETION));
            case "completion stream async" -> pushed(async.completions().createStreaming(COMPLETION));
            case "embedding sync" -> text(client.embeddings().create(EMBEDDING));
            case "embedding async" -> later(async.embeddings().create(EMBEDDING));
            case "embedding raw" -> raw(client.embeddings().withRawResponse().create(EMBEDDING));
            case "embedding rawAsync" ->
                rawLater(async.embeddings().withRawResponse().create(EMBEDDING));
            case "image sync" -> text(client.images().generate(IMAGE));
            case "image async" -> later(async.images().generate(IMAGE));
            case "image raw" -> raw(client.images().withRawResponse().generate(IMAGE));
            case "image stream sync" -> all(client.images().generateStreaming(IMAGE));
            case "image stream async" -> pushed(async.images().generateStreaming(IMAGE));
            case "edit sync" -> text(client.images().edit(edit()));
            case "edit async" -> later(async.images().edit(edit()));
            case "edit raw" -> raw(client.images().withRawResponse().edit(edit()));
            case "edit rawAsync" -> rawLater(async.images().withRawResponse().edit(edit()));
            case "edit stream sync" -> all(client.images().editStreaming(edit()));
            case "edit stream async" -> pushed(async.images().editStreaming(edit()));
            case "variation sync" -> text(client.images().createVariation(variation()));
            case "speech sync" -> body(client.audio().speech().create(speech()));
            case "speech raw" -> body(client.audio().speech().withRawResponse().create(speech()));
            case "speech async" -> body(async.audio().speech().create(speech()).get(60, TimeUnit.SECONDS));
            case "transcription sync" -> text(client.audio().transcriptions().create(transcription()));
            case "transcription stream sync" ->
                all(client.audio().transcriptions().createStreaming(transcription()));
            case "translation sync" -> text(client.audio().translations().create(translation()));
            case "moderation sync" -> text(client.moderations().create(moderation()));
            default -> throw new IllegalArgumentException(way);
        };
    }

    private static String text(Object answer) {
        return answer.toString();
    }

    private static String later(CompletableFuture<?> answer) throws Exception {
        return text(answer.get(60, TimeUnit.SECONDS));
    }

    private static String raw(HttpResponseFor<?> response) {
        try (response) {
            return response.statusCode() + text(response.parse());
        }
    }

    /** What depends on the future is told before the application asks. */
    private static <T> String rawLater(CompletableFuture<HttpResponseFor<T>> response) throws Exception {
        return response.thenApply(OpenAiWays::raw).get(60, TimeUnit.SECONDS);
    }

    private static String all(StreamResponse<?> answer) {
        try (answer) {
            return answer.stream().map(OpenAiWays::text).toList().toString();
        }
    }

    private static <T> String rawAll(HttpResponseFor<StreamResponse<T>> response) {
        try (response) {
            StreamResponse<T> first = response.parse();
            StreamResponse<T> second = response.parse();
            return response.statusCode() + all(first) + (first == second);
        }
    }

    private static <T> String rawAllLater(CompletableFuture<HttpResponseFor<StreamResponse<T>>> response)
            throws Exception {
        return response.thenApply(OpenAiWays::rawAll).get(60, TimeUnit.SECONDS);
    }

    private static String pushed(AsyncStreamResponse<?> answer) throws Exception {
        List<String> pieces = new ArrayList<>();
        answer.subscribe(piece -> pieces.add(text(piece))).onCompleteFuture().get(60, TimeUnit.SECONDS);
        return pieces.toString();
    }

    private static String body(HttpResponse response) throws IOException {
        try (response) {
            return response.statusCode() + new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static byte[] bytes() {
        return "a picture, or a sound".getBytes(StandardCharsets.UTF_8);
    }

    private static ImageEditParams edit() {
        return ImageEditParams.builder()
                .model("gpt-image-1")
                .image(bytes())
                .prompt("greener")
                .n(3)
                .size(ImageEditParams.Size._1024X1024)
                .build();
    }

    private static ImageCreateVariationParams variation() {
        return ImageCreateVariationParams.builder()
                .model("dall-e-2")
                .image(bytes())
                .size(ImageCreateVariationParams.Size._512X512)
                .build();
    }

    private static SpeechCreateParams speech() {
        return SpeechCreateParams.builder()
                .model("tts-1")
                .input("Hi")
                .voice("alloy")
                .build();
    }

    private static TranscriptionCreateParams transcription() {
        return TranscriptionCreateParams.builder()
                .model("whisper-1")
                .file(bytes())
                .build();
    }

    private static TranslationCreateParams translation() {
        return TranslationCreateParams.builder()
                .model("whisper-1")
                .file(bytes())
                .build();
    }

    private static ModerationCreateParams moderation() {
        return ModerationCreateParams.builder()
                .model("omni-moderation-latest")
                .input("Hi")
                .build();
    }
}
