package io.inferwatt.agent.instrumentation.tensorflow;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.TokenUsage;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.EagerSession;
import org.tensorflow.ExecutionEnvironment;
import org.tensorflow.GraphOperation;
import org.tensorflow.Output;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TF_Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Scope;
import org.tensorflow.proto.ConfigProto;

/** What the advice on TensorFlow does: remembers sessions and their threads, begins and ends calls. */
final class TensorFlowCalls {

    private static final LibraryCalls CALLS = LibraryCalls.of("tensorflow");
    private static final String RUNTIME = "tensorflow";
    private static final TensorFlowModel UNKNOWN = new TensorFlowModel(TensorFlowModel.NOT_NAMED, null, null);

    private static final WeakIdentityMap<Session, TensorFlowModel> SESSIONS = new WeakIdentityMap<>();
    private static final WeakIdentityMap<EagerSession, EnginePool> EAGER_THREADS = new WeakIdentityMap<>();
    private static final WeakIdentityMap<ConcreteFunction, Integer> FUNCTIONS = new WeakIdentityMap<>();

    /** Of the eager session opened last; null before there is one, and where it is not known. */
    private static volatile @Nullable String eagerDevice;

    private static volatile boolean eagerOpened;

    private TensorFlowCalls() {}

    static Object beforeEngine() {
        return CALLS.beforeEngine();
    }

    static void opened(@Nullable Object before, Session session, TF_Session handle, @Nullable ConfigProto config) {
        SESSIONS.put(
                session,
                new TensorFlowModel(
                        TensorFlowModel.NOT_NAMED, TensorFlowDevices.of(handle), ownThreads(before, config)));
    }

    /** The session of a saved model, which {@link #loaded} names. */
    static void opened(Session session, TF_Session handle) {
        SESSIONS.put(session, new TensorFlowModel(TensorFlowModel.NOT_NAMED, TensorFlowDevices.of(handle), null));
    }

    static void loaded(
            @Nullable Object before, SavedModelBundle bundle, String directory, @Nullable ConfigProto config) {
        TensorFlowModel opened = SESSIONS.get(bundle.session());
        String device = opened == null ? null : opened.device();
        SESSIONS.put(
                bundle.session(),
                new TensorFlowModel(key(nameOf(directory), device), device, ownThreads(before, config)));
    }

    private static @Nullable EnginePool ownThreads(@Nullable Object before, @Nullable ConfigProto config) {
        return TensorFlowThreads.started(CALLS.engineStarted(before), config != null && hasOwnThreads(config));
    }

    /** Pools with a name outlive the session that started them: others of that name share them. */
    private static boolean hasOwnThreads(ConfigProto config) {
        boolean hasOwn = config.getUsePerSessionThreads();
        for (int i = 0; i < config.getSessionInterOpThreadPoolCount(); i++) {
            hasOwn |= config.getSessionInterOpThreadPool(i).getGlobalName().isEmpty();
        }
        return hasOwn;
    }

    static void opened(@Nullable Object before, EagerSession session, TFE_Context handle) {
        EnginePool own = TensorFlowThreads.started(CALLS.engineStarted(before), true);
        if (own != null) {
            EAGER_THREADS.put(session, own);
        }
        eagerDevice = TensorFlowDevices.of(handle);
        eagerOpened = true;
    }

    private static int key(String name, @Nullable String device) {
        return CALLS.key(name, ModelKey.INFERENCE, RUNTIME, device);
    }

    /** Returns the last part of the path, and the one before it too where the last is but a version. */
    static String nameOf(String directory) {
        Path path = Path.of(directory).toAbsolutePath().normalize();
        Path last = path.getFileName();
        if (last == null) {
            return LibraryCalls.UNNAMED;
        }
        Path parent = path.getParent();
        Path model = parent == null ? null : parent.getFileName();
        boolean isVersion = last.toString().chars().allMatch(Character::isDigit);
        return isVersion && model != null ? model + "/" + last : last.toString();
    }

    /**
     * Runs that fetch nothing give no answer: they initialise or save. What runs for its effect beside what is fetched is a step
     * of training, which fetches its loss.
     */
    static @Nullable Object start(
            Session session,
            List<Output<?>> fetched,
            List<GraphOperation> targets,
            List<? extends @Nullable Tensor> inputs) {
        if (fetched.isEmpty() || !targets.isEmpty()) {
            return null;
        }
        TensorFlowModel model = model(session);
        long rows = inputs.isEmpty() ? 1 : rows(inputs.get(0));
        InferenceCall call = CALLS.start(model.key(), rows, TokenUsage.UNKNOWN, model.ownThreads());
        TensorFlowThreads.usedBy(call);
        return call;
    }

    private static TensorFlowModel model(Session session) {
        TensorFlowModel model = SESSIONS.get(session);
        if (model == null) {
            model = UNKNOWN;
        }
        if (model.key() == TensorFlowModel.NOT_NAMED) {
            model = model.named(key(nameOf(session), model.device()));
            SESSIONS.put(session, model);
        }
        return model;
    }

    private static String nameOf(Session session) {
        int count = 0;
        try {
            for (Iterator<GraphOperation> all = session.graph().operations(); all.hasNext(); all.next()) {
                count++;
            }
        } catch (IllegalStateException closed) {
            return LibraryCalls.UNNAMED; // the library refuses the run too
        }
        return "graph-" + count;
    }

    static Object start(ConcreteFunction function, @Nullable Map<String, ? extends @Nullable Tensor> inputs) {
        InferenceCall call = CALLS.start(key(function), inputs == null ? 1 : rowsOfFirst(inputs));
        TensorFlowThreads.usedBy(call);
        return call;
    }

    static @Nullable Object start(ConcreteFunction function, @Nullable Scope scope) {
        ExecutionEnvironment environment = scope == null ? null : scope.env();
        if (!(environment instanceof EagerSession eager)) {
            return null; // only becomes part of a graph
        }
        EnginePool own = EAGER_THREADS.get(eager);
        InferenceCall call = CALLS.start(key(function), 1, TokenUsage.UNKNOWN, own);
        TensorFlowThreads.usedBy(call);
        return call;
    }

    private static int key(ConcreteFunction function) {
        Integer known = FUNCTIONS.get(function);
        if (known != null) {
            return known;
        }
        String name = function.signature().key();
        boolean opened = eagerOpened;
        int key = key(name.isBlank() ? LibraryCalls.UNNAMED : name, eagerDevice);
        if (opened) { // else this first call opens the eager session, and the device is known to the next one
            FUNCTIONS.put(function, key);
        }
        return key;
    }

    private static long rowsOfFirst(Map<String, ? extends @Nullable Tensor> inputs) {
        for (Tensor first : inputs.values()) {
            return rows(first);
        }
        return 1;
    }

    private static long rows(@Nullable Tensor tensor) {
        // What the library refuses it refuses itself.
        if (tensor == null || tensor.isSparse()) {
            return 1;
        }
        Shape shape = tensor.asRawTensor().shape();
        return shape.numDimensions() < 1 ? 1 : shape.get(0);
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }

    static void closed(Session session) {
        TensorFlowModel model = SESSIONS.get(session);
        if (model != null) {
            close(model.ownThreads());
        }
    }

    static void closed(EagerSession session) {
        close(EAGER_THREADS.remove(session));
    }

    private static void close(@Nullable EnginePool threads) {
        if (threads != null) {
            threads.close();
        }
    }
}
