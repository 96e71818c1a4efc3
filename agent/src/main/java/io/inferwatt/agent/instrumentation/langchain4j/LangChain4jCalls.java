package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.DetachedCall;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the advice on LangChain4j's embedding models does: names models once, begins and ends calls, and leads a pool's threads to theirs. */
final class LangChain4jCalls {

    private static final LibraryCalls CALLS = LibraryCalls.of("langchain4j");
    private static final String OPERATION = "embeddings";
    private static final long NOT_TOLD = io.inferwatt.core.call.TokenUsage.UNKNOWN;

    private static final WeakIdentityMap<EmbeddingModel, KnownModel> MODELS = new WeakIdentityMap<>();

    private LangChain4jCalls() {}

    static void loaded(Object source, Object encoder) {
        InProcessModels.loaded(source, encoder);
    }

    static @Nullable Object start(EmbeddingModel model, @Nullable Collection<?> inputs) {
        return start(known(model), inputs, null);
    }

    static @Nullable Object startRequest(EmbeddingModel model, @Nullable EmbeddingRequest request) {
        KnownModel known = known(model);
        Collection<?> inputs = request == null ? null : request.inputs();
        return start(known, inputs, request == null || known.remote == null ? null : request.modelName());
    }

    private static @Nullable Object start(
            KnownModel known, @Nullable Collection<?> inputs, @Nullable String requested) {
        // What the library refuses, such as null, it refuses itself: the error is the application's, not ours.
        int units = inputs == null ? 1 : inputs.size();
        RemoteModel remote = known.remote;
        if (remote != null) {
            String name = requested == null || requested.isBlank() ? remote.name() : requested;
            return ChatCalls.CALLS.start(remote.server(), name, OPERATION, Work.EMBEDDING, units);
        }
        return known.key == KnownModel.NOT_METERED ? null : CALLS.start(known.key, units);
    }

    private static KnownModel known(EmbeddingModel model) {
        KnownModel known = MODELS.get(model);
        return known == null ? remember(model) : known;
    }

    private static KnownModel remember(EmbeddingModel model) {
        RemoteModel remote = RemoteModels.of(model);
        KnownModel made = remote == null ? local(model) : KnownModel.client(remote);
        synchronized (MODELS) {
            KnownModel first = MODELS.get(model);
            if (first != null) {
                return first;
            }
            MODELS.put(model, made);
            return made;
        }
    }

    private static KnownModel local(EmbeddingModel model) {
        // Where it computes is not said here: an engine inside knows.
        String name = EmbeddingModelNames.of(model);
        int key = name == null ? KnownModel.NOT_METERED : CALLS.key(name, OPERATION, null, null);
        return new KnownModel(key, InProcessModels.poolIsSeen(model));
    }

    static void finish(@Nullable Object call, @Nullable Response<?> response, @Nullable Throwable error) {
        if (call instanceof RemoteCall asked) {
            ChatCalls.responded(asked, response, error);
            return;
        }
        if (call != null && response != null) {
            report((InferenceCall) call, response::tokenUsage);
        }
        CALLS.finish(call, error);
    }

    static void finish(@Nullable Object call, @Nullable EmbeddingResponse response, @Nullable Throwable error) {
        if (call instanceof RemoteCall asked) {
            asked.answered(response, LangChain4jCalls::tell, error);
            return;
        }
        if (call != null && response != null) {
            report((InferenceCall) call, response::tokenUsage);
        }
        CALLS.finish(call, error);
    }

    private static void tell(RemoteCall asked, EmbeddingResponse response) {
        String answered = response.modelName();
        asked.answeredBy(EmbeddingModelNames.isKnown(answered) ? answered : null);
        ReportedUsage.tell(asked, response.tokenUsage());
    }

    /** The call of a model that answers through a future; one that computes here ends when its method returns. */
    static void answersLater(
            @Nullable Object call, @Nullable CompletionStage<EmbeddingResponse> answer, @Nullable Throwable error) {
        if (call instanceof RemoteCall asked && answer != null && error == null) {
            asked.detachUntil(answer, LangChain4jCalls::tell);
        } else {
            finish(call, (EmbeddingResponse) null, error);
        }
    }

    /** Inside another call the tokens that a pool's threads saw are that one's already. */
    private static void report(InferenceCall call, Supplier<@Nullable TokenUsage> told) {
        try {
            TokenUsage usage = told.get();
            if (usage != null && (call.isRoot() || !call.isLent())) {
                call.tokens(count(usage.inputTokenCount()), NOT_TOLD, count(usage.outputTokenCount()), NOT_TOLD);
            }
        } catch (RuntimeException | LinkageError notUnderstood) {
            // The usage may be of a class of the application's own: its tokens are not known then.
        }
    }

    private static long count(@Nullable Integer tokens) {
        return tokens == null ? NOT_TOLD : tokens;
    }

    /** A segment goes to the pool: enters the call of this thread once more, to lend it. */
    static @Nullable Object submit(EmbeddingModel model, @Nullable Object segment) {
        KnownModel known = known(model);
        if (!known.poolIsSeen) {
            return null;
        }
        InferenceCall call = CALLS.start(known.key, 1);
        try {
            DetachedCall whole = CALLS.lend(call);
            return whole == null ? null : known.wait(whole, segment);
        } finally {
            CALLS.finish(call, Outcome.OK);
        }
    }

    static void submitted(@Nullable Object task, @Nullable Throwable error) {
        if (task != null && error != null) {
            SegmentTask refused = (SegmentTask) task;
            refused.model.drop(refused);
        }
    }

    static @Nullable Object work(EmbeddingModel model, @Nullable Object segment) {
        SegmentTask task = known(model).take(segment);
        if (task != null) {
            task.part = CALLS.attach(task.call);
        }
        return task;
    }

    static void worked(@Nullable Object done) {
        if (done != null) {
            SegmentTask task = (SegmentTask) done;
            CALLS.finish(task.part, Outcome.OK);
            task.call.release();
        }
    }
}
