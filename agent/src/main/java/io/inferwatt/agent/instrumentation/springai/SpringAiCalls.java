package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.Usage;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/** What the advice on Spring AI's embedding models does: names models, begins and ends calls. */
final class SpringAiCalls {

    private static final LibraryCalls CALLS = LibraryCalls.of("spring-ai");
    private static final String OPERATION = "embeddings";
    private static final String SUFFIX = "EmbeddingModel";
    private static final WeakIdentityMap<Object, KnownModel> MODELS = new WeakIdentityMap<>();

    private SpringAiCalls() {}

    static Object start(Object model, @Nullable EmbeddingRequest request) {
        KnownModel known = MODELS.get(model);
        if (known == null) {
            known = known(model);
            MODELS.put(model, known);
        }
        // What the library refuses, such as null, it refuses itself: the error is the application's, not ours.
        List<String> instructions = request == null ? null : request.getInstructions();
        int units = instructions == null ? 1 : instructions.size();
        RemoteModel remote = known.remote;
        return remote == null ? CALLS.start(key(known, request), units) : ask(remote, request, units);
    }

    private static Object ask(RemoteModel remote, @Nullable EmbeddingRequest request, int units) {
        String name = RequestedModel.either(request == null ? null : request.getOptions(), remote.options());
        return ChatCalls.CALLS.start(remote.server(), name, OPERATION, Work.EMBEDDING, units);
    }

    private static KnownModel known(Object model) {
        String file = TransformersModels.file(model);
        return new KnownModel(RemoteModels.of(model), file != null, name(file == null ? LibraryCalls.UNNAMED : file));
    }

    /** Where it computes is not said here: an engine inside knows, and a client of a remote model computes nothing. */
    private static KnownModel.Name name(String name) {
        return new KnownModel.Name(name, CALLS.key(name, OPERATION, null, null));
    }

    private static int key(KnownModel known, @Nullable EmbeddingRequest request) {
        String requested = known.isFromFile ? null : requested(request);
        if (requested == null) {
            return known.ownName.key();
        }
        KnownModel.Name latest = known.latestRequested;
        if (latest == null || !latest.name().equals(requested)) {
            latest = name(requested);
            known.latestRequested = latest;
        }
        return latest.key();
    }

    private static @Nullable String requested(@Nullable EmbeddingRequest request) {
        EmbeddingOptions options = request == null ? null : request.getOptions();
        return options == null ? null : unlessBlank(options.getModel());
    }

    static void finish(
            @Nullable Object call,
            Object model,
            @Nullable EmbeddingRequest request,
            @Nullable EmbeddingResponse response,
            @Nullable Throwable error) {
        if (call instanceof RemoteCall asked) {
            asked.answered(response, SpringAiCalls::tell, error);
            return;
        }
        KnownModel known = MODELS.get(model);
        try {
            if (call != null && known != null && response != null) {
                answered((InferenceCall) call, model, known, request, response);
            }
        } catch (RuntimeException | LinkageError notUnderstood) {
            // Some of what is asked may be the application's own: what it would have told is not known then.
        }
        CALLS.finish(call, error);
    }

    private static void tell(RemoteCall asked, EmbeddingResponse response) {
        EmbeddingResponseMetadata metadata = response.getMetadata();
        if (metadata != null) {
            asked.answeredBy(metadata.getModel());
            ReportedUsage.tellInput(asked, metadata.getUsage());
        }
    }

    private static void answered(
            InferenceCall call,
            Object model,
            KnownModel known,
            @Nullable EmbeddingRequest request,
            EmbeddingResponse response) {
        EmbeddingResponseMetadata metadata = response.getMetadata();
        report(call, metadata == null ? null : metadata.getUsage());
        if (!known.isFromFile && requested(request) == null) {
            String answered = metadata == null ? null : unlessBlank(metadata.getModel());
            answered(call, known, answered == null ? ofClass(model) : answered);
        }
    }

    /** The first answer tells what such requests go to; the next ones are booked so from their begin. */
    private static void answered(Object call, KnownModel known, String name) {
        if (!known.ownName.name().equals(name)) {
            known.ownName = name(name);
        }
        CALLS.name(call, known.ownName.key());
    }

    /** Models that do not count say zero. */
    private static void report(InferenceCall call, @Nullable Usage usage) {
        Integer tokens = usage == null ? null : usage.getPromptTokens();
        if (tokens != null && tokens > 0) {
            call.tokens(tokens, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
        }
    }

    private static String ofClass(Object model) {
        String name = model.getClass().getName();
        String simple = name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
        return simple.endsWith(SUFFIX) && simple.length() > SUFFIX.length()
                ? simple.substring(0, simple.length() - SUFFIX.length())
                : simple;
    }

    private static @Nullable String unlessBlank(@Nullable String name) {
        return name == null || name.isBlank() ? null : name;
    }
}
