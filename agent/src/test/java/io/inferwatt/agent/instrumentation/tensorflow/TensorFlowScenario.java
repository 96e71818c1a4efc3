package io.inferwatt.agent.instrumentation.tensorflow;

import io.inferwatt.core.call.ModelKey;
import java.nio.file.Path;
import java.util.Map;
import org.tensorflow.ConcreteFunction;
import org.tensorflow.EagerSession;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.SessionFunction;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.proto.ThreadPoolOptionProto;
import org.tensorflow.types.TFloat32;

/** A graph of three operations, run in batches of three. */
public final class TensorFlowScenario implements TensorFlowUse {

    private static final int ROWS = 3;
    private static final int WIDTH = 2;
    private static final int LARGE = 1_000;

    private final Graph graph = new Graph();
    private final Session session;

    public TensorFlowScenario() {
        multiply(Ops.create(graph), WIDTH);
        session = new Session(graph);
    }

    private static Signature multiply(Ops tf, int width) {
        Placeholder<TFloat32> x =
                tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, width)));
        Operand<TFloat32> weights = tf.constant(NdArrays.ofFloats(Shape.of(width, width)));
        Operand<TFloat32> y = tf.withName("y").linalg.matMul(x, weights);
        return Signature.builder("times").input("x", x).output("y", y).build();
    }

    private static Signature multiplyByVariable(Ops tf) {
        Placeholder<TFloat32> x =
                tf.withName("x").placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, WIDTH)));
        Variable<TFloat32> weights = tf.variable(tf.constant(NdArrays.ofFloats(Shape.of(WIDTH, WIDTH))));
        Operand<TFloat32> y = tf.withName("y").linalg.matMul(x, weights);
        return Signature.builder().input("x", x).output("y", y).build();
    }

    private static TFloat32 matrix(int rows, int width) {
        return TFloat32.tensorOf(Shape.of(rows, width));
    }

    private static void run(Session session, Tensor x) {
        session.runner().feed("x", x).fetch("y").run().close();
    }

    @Override
    public void call() {
        try (TFloat32 x = matrix(ROWS, WIDTH)) {
            run(session, x);
        }
    }

    @Override
    public void failingCall() {
        try (TFloat32 x = matrix(ROWS, WIDTH + 1)) {
            run(session, x);
        }
    }

    @Override
    public void callWithNull() {
        run(session, null);
    }

    @Override
    public void callForMetadata(int rows) {
        try (TFloat32 x = matrix(rows, WIDTH)) {
            // Without a trace the library cannot read the metadata itself.
            RunOptions traced = RunOptions.newBuilder()
                    .setTraceLevel(RunOptions.TraceLevel.FULL_TRACE)
                    .build();
            session.runner()
                    .feed("x", x)
                    .fetch("y")
                    .setOptions(traced)
                    .runAndFetchMetadata()
                    .close();
        }
    }

    @Override
    public void callBySignature() {
        Signature signature = Signature.builder("times")
                .input("x", graph.outputOrThrow("x:0"))
                .output("y", graph.outputOrThrow("y:0"))
                .build();
        try (TFloat32 x = matrix(ROWS, WIDTH)) {
            session.run(signature, Map.of("x", x)).close();
        }
    }

    @Override
    public void callWithoutFetch() {
        try (TFloat32 x = matrix(ROWS, WIDTH)) {
            session.runner().feed("x", x).addTarget("y").run().close();
        }
    }

    @Override
    public void train() {
        try (Graph own = new Graph();
                TFloat32 x = matrix(ROWS, WIDTH)) {
            Ops tf = Ops.create(own);
            Variable<TFloat32> weights = tf.variable(tf.constant(NdArrays.ofFloats(Shape.of(WIDTH, WIDTH))));
            Placeholder<TFloat32> input = tf.withName("x").placeholder(TFloat32.class);
            Operand<TFloat32> loss = tf.math.sub(tf.linalg.matMul(input, weights), input);
            Operand<TFloat32> step = tf.assign(weights, tf.constant(NdArrays.ofFloats(Shape.of(WIDTH, WIDTH))));
            try (Session onOwn = new Session(own)) {
                onOwn.initialize();
                onOwn.runner().feed("x", x).addTarget(step).fetch(loss).run().close();
            }
        }
    }

    @Override
    public void callWithVariable() {
        try (Graph own = new Graph();
                TFloat32 x = matrix(ROWS, WIDTH)) {
            multiplyByVariable(Ops.create(own));
            try (Session onOwn = new Session(own)) {
                onOwn.initialize();
                run(onOwn, x);
            }
        }
    }

    @Override
    public void export(Path folder) throws Exception {
        try (Graph own = new Graph()) {
            Signature signature = multiplyByVariable(Ops.create(own));
            try (Session onOwn = new Session(own)) {
                onOwn.initialize();
                SavedModelBundle.exporter(folder.toString())
                        .withFunction(SessionFunction.create(signature, onOwn))
                        .export();
            }
        }
    }

    @Override
    public void callSavedModel(Path folder) {
        try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString());
                TFloat32 x = matrix(ROWS, WIDTH)) {
            run(bundle.session(), x);
            Map<String, Tensor> inputs = Map.of("x", x);
            bundle.function(Signature.DEFAULT_KEY).call(inputs).close();
            bundle.call(inputs).close();
        }
    }

    private static ConcreteFunction function() {
        return ConcreteFunction.create(tf -> {
            Placeholder<TFloat32> x =
                    tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(Shape.UNKNOWN_SIZE, WIDTH)));
            return Signature.builder("twice")
                    .input("x", x)
                    .output("y", tf.math.add(x, x))
                    .build();
        });
    }

    @Override
    public void callFunction(int rows) {
        try (ConcreteFunction function = function();
                TFloat32 x = matrix(rows, WIDTH);
                Result result = function.call(Map.of("x", x))) {
            result.get("y");
        }
    }

    @Override
    public void callFunctionWithOperand() {
        try (EagerSession eager = EagerSession.create();
                ConcreteFunction function = function()) {
            Ops tf = Ops.create(eager);
            function.call(tf, tf.constant(new float[][] {{1, 2}}));
        }
    }

    @Override
    public void addFunctionToGraph() {
        try (Graph own = new Graph();
                ConcreteFunction function = function()) {
            Ops tf = Ops.create(own);
            function.call(tf, tf.constant(new float[][] {{1, 2}}));
        }
    }

    @Override
    public void openWithOwnThreads(Runnable whileOpen) {
        open(
                ConfigProto.newBuilder()
                        .setUsePerSessionThreads(true)
                        .setInterOpParallelismThreads(3)
                        .build(),
                whileOpen);
    }

    @Override
    public void openWithOwnPool(String name, Runnable whileOpen) {
        ThreadPoolOptionProto pool = ThreadPoolOptionProto.newBuilder()
                .setNumThreads(3)
                .setGlobalName(name)
                .build();
        open(ConfigProto.newBuilder().addSessionInterOpThreadPool(pool).build(), whileOpen);
    }

    private void open(ConfigProto config, Runnable whileOpen) {
        try (Session own = new Session(graph, config);
                TFloat32 x = matrix(ROWS, WIDTH)) {
            run(own, x);
            whileOpen.run();
        }
    }

    @Override
    public void callLarge() {
        try (Graph own = new Graph();
                TFloat32 x = matrix(LARGE, LARGE)) {
            multiply(Ops.create(own), LARGE);
            try (Session onOwn = new Session(own)) {
                run(onOwn, x);
            }
        }
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("graph-3");
    }

    @Override
    public long rows() {
        return ROWS;
    }

    @Override
    public void callAfterClose() {
        session.close();
        try {
            call();
        } finally {
            graph.close();
        }
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
