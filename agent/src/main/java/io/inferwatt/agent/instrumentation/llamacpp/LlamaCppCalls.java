package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import io.inferwatt.agent.instrumentation.LeftCall;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.TokenUsage;
import org.jspecify.annotations.Nullable;

/** What the advice on llama.cpp does: remembers models and streams, begins and ends calls. */
final class LlamaCppCalls {

    private static final LibraryCalls CALLS = LibraryCalls.of("llama-cpp");
    private static final String RUNTIME = "llama.cpp";

    private static final WeakIdentityMap<LlamaModel, LlamaEngine> ENGINES = new WeakIdentityMap<>();
    private static final WeakIdentityMap<LlamaIterator, LlamaStream> STREAMS = new WeakIdentityMap<>();

    private LlamaCppCalls() {}

    static Object beforeModel() {
        return CALLS.beforeEngine();
    }

    static void opened(@Nullable Object before, LlamaModel model, ModelParameters parameters) {
        LlamaArguments arguments = new LlamaArguments(parameters.toArray());
        EnginePool pool = CALLS.growingEngineStarted(before, arguments.helpers());
        ENGINES.put(model, engine(arguments.model(), arguments.device(), pool));
    }

    private static LlamaEngine engine(String name, @Nullable String device, @Nullable EnginePool pool) {
        return new LlamaEngine(CALLS.key(name, ModelKey.INFERENCE, RUNTIME, device), pool);
    }

    private static LlamaEngine engine(LlamaModel model) {
        LlamaEngine engine = ENGINES.get(model);
        if (engine == null) {
            engine = engine(LibraryCalls.UNNAMED, null, null);
            ENGINES.put(model, engine);
        }
        return engine;
    }

    /** Remembers the engine nevertheless: calls that come too late should be seen as its own. */
    static void closed(LlamaModel model) {
        LlamaEngine engine = ENGINES.get(model);
        if (engine != null) {
            engine.close();
        }
    }

    /** The library counts no tokens, and counting them anew would cost the application more than all else here. */
    static InferenceCall start(LlamaModel model, long units) {
        LlamaEngine engine = engine(model);
        return CALLS.start(engine.key, units, TokenUsage.UNKNOWN, engine.pool);
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }

    static void streamBegun(LlamaIterator iterator, LlamaModel model) {
        LeftCall call = CALLS.detach(start(model, 1));
        if (call != null) {
            STREAMS.put(iterator, engine(model).begin(call));
        }
    }

    /** Taking a token out of the queue costs its thread 20 to 60 µs of processor time, to have that billed 1.1 µs. */
    static @Nullable Object attach(LlamaIterator iterator) {
        LlamaStream stream = STREAMS.get(iterator);
        return stream == null ? null : CALLS.attach(stream.call());
    }

    /** @param output null if the library threw */
    static void received(
            @Nullable Object part, LlamaIterator iterator, @Nullable LlamaOutput output, @Nullable Throwable error) {
        CALLS.finish(part, error);
        LlamaStream stream = STREAMS.get(iterator);
        if (stream == null) {
            return;
        }
        // One more, empty, tells of the end.
        if (output != null && !output.text.isEmpty()) {
            stream.countOutput();
        }
        if (error != null || !iterator.hasNext()) {
            end(iterator, error == null ? Outcome.OK : Outcome.ERROR);
        }
    }

    static void cancelled(LlamaIterator iterator) {
        end(iterator, Outcome.CANCELLED);
    }

    private static void end(LlamaIterator iterator, Outcome outcome) {
        LlamaStream stream = STREAMS.remove(iterator);
        if (stream != null) {
            stream.end(outcome);
        }
    }
}
