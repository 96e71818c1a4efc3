package io.inferwatt.agent.instrumentation.openai;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/**
 * Where calls pass in openai-java, whatever HTTP client it is given: in the classes behind its services. Run with 4.101.0; tests check
 * 2.0.0 as well.
 */
public final class OpenAiModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.openai.";
    private static final String BLOCKING = "com.openai.services.blocking.";
    private static final String ASYNC = "com.openai.services.async.";
    private static final String RAW = "$WithRawResponseImpl";
    private static final String MODELS = "com/openai/models/";
    private static final String HTTP = "Lcom/openai/core/http/";
    private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";
    private static final String OPTIONS = "Lcom/openai/core/ClientOptions;";
    private static final String PARSEABLE = "com.openai.core.http.HttpResponseForKt$parseable$1";

    /** What an application may read of an answer that is not parsed. */
    private static final String RESPONSE = HTTP + "HttpResponse;";

    @Override
    public String library() {
        return "openai-java";
    }

    @Override
    public List<Hook> hooks() {
        Hooks hooks = new Hooks();
        Service chat = new Service("chat.ChatCompletion", true);
        hooks.add(chat, "create", "chat/completions/ChatCompletionCreateParams", "chat/completions/ChatCompletion");
        hooks.addStreaming(chat, "createStreaming", "chat/completions/ChatCompletionCreateParams");
        Service responses = new Service("Response", true);
        hooks.add(responses, "create", "responses/ResponseCreateParams", "responses/Response");
        hooks.addStreaming(responses, "createStreaming", "responses/ResponseCreateParams");
        Service completions = new Service("Completion", true);
        hooks.add(completions, "create", "completions/CompletionCreateParams", "completions/Completion");
        hooks.addStreaming(completions, "createStreaming", "completions/CompletionCreateParams");
        hooks.add(
                new Service("Embedding", true),
                "create",
                "embeddings/EmbeddingCreateParams",
                "embeddings/CreateEmbeddingResponse");
        Service images = new Service("Image", true);
        hooks.add(images, "generate", "images/ImageGenerateParams", "images/ImagesResponse");
        hooks.add(images, "edit", "images/ImageEditParams", "images/ImagesResponse");
        hooks.add(images, "createVariation", "images/ImageCreateVariationParams", "images/ImagesResponse");
        Service newer = new Service("Image", false);
        hooks.addStreaming(newer, "generateStreaming", "images/ImageGenerateParams");
        hooks.addStreaming(newer, "editStreaming", "images/ImageEditParams");
        Service beta = new Service("beta.Response", false);
        hooks.add(beta, "create", "beta/responses/ResponseCreateParams", "beta/responses/BetaResponse");
        hooks.addStreaming(beta, "createStreaming", "beta/responses/ResponseCreateParams");
        addOnlyCounted(hooks);
        hooks.list.add(Hook.onOptional(PARSEABLE, "parse", "()Ljava/lang/Object;", FOLDER + "ParseAdvice"));
        hooks.list.add(Hook.onOptional(PARSEABLE, "body", "()Ljava/io/InputStream;", FOLDER + "BodyAdvice"));
        hooks.list.add(Hook.onOptional(PARSEABLE, "close", "()V", FOLDER + "CloseAdvice"));
        return List.copyOf(hooks.list);
    }

    private static void addOnlyCounted(Hooks hooks) {
        Service transcriptions = new Service("audio.Transcription", false);
        String transcription = "audio/transcriptions/TranscriptionCreate";
        hooks.add(transcriptions, "create", transcription + "Params", transcription + "Response");
        hooks.addStreaming(transcriptions, "createStreaming", transcription + "Params");
        String translation = "audio/translations/TranslationCreate";
        hooks.add(new Service("audio.Translation", false), "create", translation + "Params", translation + "Response");
        String moderation = "moderations/ModerationCreate";
        hooks.add(new Service("Moderation", false), "create", moderation + "Params", moderation + "Response");
        Service speech = new Service("audio.Speech", false);
        String spoken = parameters("audio/speech/SpeechCreateParams");
        hooks.add(speech, speech.blocking(), "create", spoken + RESPONSE, "AnswerAdvice");
        hooks.add(speech, speech.blocking() + RAW, "create", spoken + RESPONSE, "AnswerAdvice");
        hooks.add(speech, speech.async(), "create", spoken + FUTURE, "FutureAdvice");
        hooks.add(speech, speech.async() + RAW, "create", spoken + FUTURE, "FutureAdvice");
    }

    private static String parameters(String params) {
        return "(L" + MODELS + params + ";Lcom/openai/core/RequestOptions;)";
    }

    /**
     * A service of the library, which has four classes: what blocks, what does not, and for both what gives raw responses.
     *
     * @param required whether all versions have it
     */
    private record Service(String name, boolean required) {

        String blocking() {
            return BLOCKING + name + "ServiceImpl";
        }

        String async() {
            return ASYNC + name + "ServiceAsyncImpl";
        }
    }

    private static final class Hooks {

        final List<Hook> list = new ArrayList<>();

        void add(Service service, String method, String params, String answer) {
            String parameters = parameters(params);
            add(service, service.blocking(), method, parameters + "L" + MODELS + answer + ";", "AnswerAdvice");
            add(service, service.async(), method, parameters + FUTURE, "FutureAdvice");
            addRaw(service, method, parameters);
        }

        void addStreaming(Service service, String method, String params) {
            String parameters = parameters(params);
            add(service, service.blocking(), method, parameters + HTTP + "StreamResponse;", "StreamAdvice");
            add(service, service.async(), method, parameters + HTTP + "AsyncStreamResponse;", "AsyncStreamAdvice");
            addRaw(service, method, parameters);
        }

        private void addRaw(Service service, String method, String parameters) {
            add(service, service.blocking() + RAW, method, parameters + HTTP + "HttpResponseFor;", "RawAdvice");
            add(service, service.async() + RAW, method, parameters + FUTURE, "RawFutureAdvice");
        }

        void add(Service service, String className, String method, String descriptor, String advice) {
            list.add(
                    service.required()
                            ? Hook.on(className, method, descriptor, FOLDER + advice)
                            : Hook.onOptional(className, method, descriptor, FOLDER + advice));
        }
    }

    @Override
    public List<Member> requires() {
        List<Member> members = UsedMembers.list();
        for (String name : List.of("chat.ChatCompletion", "Response", "Completion", "Embedding", "Image")) {
            Service service = new Service(name, true);
            members.add(new Member(service.blocking(), "clientOptions", OPTIONS));
            members.add(new Member(service.blocking() + RAW, "clientOptions", OPTIONS));
            members.add(new Member(service.async(), "clientOptions", OPTIONS));
            members.add(new Member(service.async() + RAW, "clientOptions", OPTIONS));
        }
        return List.copyOf(members);
    }
}
