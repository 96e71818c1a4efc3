package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.DetachedCall;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.Outcome;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What the advice on LangChain4j does: names models once, begins and ends calls, and leads a pool's threads to theirs. */
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
        int key = known(model).key;
        // What the library refuses, such as null, it refuses itself: the error is the application's, not ours.
        return key == KnownModel.NOT_METERED ? null : CALLS.start(key, inputs == null ? 1 : inputs.size());
    }

    private static KnownModel known(EmbeddingModel model) {
        KnownModel known = MODELS.get(model);
        return known == null ? remember(model) : known;
    }

    private static KnownModel remember(EmbeddingModel model) {
        // Where it computes is not said here: an engine inside knows, and a client of a remote model computes nothing.
        String name = EmbeddingModelNames.of(model);
        int key = name == null ? KnownModel.NOT_METERED : CALLS.key(name, OPERATION, null, null);
        KnownModel made = new KnownModel(key, InProcessModels.poolIsSeen(model));
        synchronized (MODELS) {
            KnownModel first = MODELS.get(model);
            if (first != null) {
                return first;
            }
            MODELS.put(model, made);
            return made;
        }
    }

    static void finish(@Nullable Object call, @Nullable Response<?> response, @Nullable Throwable error) {
        // The usage may be of a class of the application's own, and throw.
        try {
            if (call != null && response != null) {
                report((InferenceCall) call, response.tokenUsage());
            }
        } finally {
            CALLS.finish(call, error);
        }
    }

    static void finish(@Nullable Object call, @Nullable EmbeddingResponse response, @Nullable Throwable error) {
        try {
            if (call != null && response != null) {
                report((InferenceCall) call, response.tokenUsage());
            }
        } finally {
            CALLS.finish(call, error);
        }
    }

    /** Inside another call the tokens that a pool's threads saw are that one's already. */
    private static void report(InferenceCall call, @Nullable TokenUsage usage) {
        if (usage == null) {
            return;
        }
        if (call.isRoot() || !call.isLent()) {
            call.tokens(count(usage.inputTokenCount()), NOT_TOLD, count(usage.outputTokenCount()), NOT_TOLD);
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
        DetachedCall whole = CALLS.lend(call);
        SegmentTask task = whole == null ? null : known.wait(whole, segment);
        CALLS.finish(call, Outcome.OK);
        return task;
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
