package io.inferwatt.agent.instrumentation.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.InheritingPredictor;
import ai.djl.inference.Predictor;
import ai.djl.inference.streaming.StreamingTranslator;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.SequentialBlock;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslatorContext;
import io.inferwatt.agent.instrumentation.TinyOnnx;
import io.inferwatt.core.call.ModelKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** A predictor over DJL's engine for ONNX Runtime, asked for two inputs at once; streamed, a model of two such layers with a
 * third between. */
public final class DjlScenario implements DjlUse {

    private static final int WIDTH = 4;
    private static final String NAME = "copy-floats";

    private final Model model;
    private final Model layered;
    private final NDManager manager;
    private final Predictor<NDList, NDList> predictor;

    public DjlScenario() throws Exception {
        Path folder = Files.createTempDirectory("djl");
        Path file = Files.write(folder.resolve(NAME + ".onnx"), TinyOnnx.ofFloats(WIDTH));
        model = Model.newInstance(NAME, "OnnxRuntime");
        model.load(folder);
        Files.delete(file);
        Files.delete(folder);
        manager = model.getNDManager().newSubManager();
        predictor = model.newPredictor(new NoopTranslator());
        layered = Model.newInstance(NAME, "OnnxRuntime");
        layered.setBlock(new SequentialBlock()
                .add(model.getBlock())
                .add(DjlScenario::renamed)
                .add(model.getBlock()));
    }

    private static NDList renamed(NDList outputs) {
        NDArray input = outputs.singletonOrThrow();
        input.setName("x");
        return new NDList(input);
    }

    @Override
    public void call() throws Exception {
        predictor.batchPredict(List.of(input(WIDTH), input(WIDTH)));
    }

    @Override
    public void failingCall() throws Exception {
        predictor.predict(input(WIDTH + 1));
    }

    private NDList input(int width) {
        NDArray array = manager.create(new float[width], new Shape(1, width));
        return new NDList(array);
    }

    @Override
    public void callWithNull() throws Exception {
        predictor.batchPredict(null);
    }

    @Override
    public void predict() throws Exception {
        predictor.predict(input(WIDTH));
    }

    @Override
    public void predictWithSubclass(int inputs) throws Exception {
        try (Predictor<NDList, NDList> subclass =
                new InheritingPredictor<>(model, new NoopTranslator(), Device.cpu())) {
            subclass.batchPredict(Collections.nCopies(inputs, input(WIDTH)));
        }
    }

    @Override
    public void predictWithoutEngine() throws Exception {
        try (Model remote = Model.newInstance("remote", "RPC")) {
            remote.setBlock(new SequentialBlock().add(inputs -> inputs));
            try (Predictor<NDList, NDList> client = remote.newPredictor(new NoopTranslator())) {
                client.predict(new NDList());
            }
        }
    }

    @Override
    public Outputs stream() throws Exception {
        return stream(layered.newPredictor(new OutputsTranslator(false)), WIDTH);
    }

    @Override
    public Outputs streamWithSubclass() throws Exception {
        return stream(new InheritingPredictor<>(layered, new OutputsTranslator(false), Device.cpu()), WIDTH);
    }

    @Override
    public Outputs streamThatFails() throws Exception {
        return stream(layered.newPredictor(new OutputsTranslator(false)), WIDTH + 1);
    }

    @Override
    public Outputs streamReadAtOnce() throws Exception {
        return stream(layered.newPredictor(new OutputsTranslator(true)), WIDTH);
    }

    @Override
    public void streamWhereThatIsNotSupported() throws Exception {
        predictor.streamingPredict(input(WIDTH));
    }

    /** The predictor stays open as long as its outputs: until the model is closed. */
    private Outputs stream(Predictor<NDList, Outputs> streaming, int width) throws Exception {
        return streaming.streamingPredict(input(width)).getIterativeOutput();
    }

    @Override
    public ModelKey key() {
        return ModelKey.of(NAME);
    }

    @Override
    public long rows() {
        return 2;
    }

    @Override
    public void callAfterClose() throws Exception {
        close();
        call();
    }

    @Override
    public void close() {
        predictor.close();
        manager.close();
        model.close();
    }

    /** Gives the outputs to whom wants to read them, or reads them itself. */
    private static final class OutputsTranslator implements StreamingTranslator<NDList, Outputs> {

        private final boolean reads;

        OutputsTranslator(boolean reads) {
            this.reads = reads;
        }

        @Override
        public NDList processInput(TranslatorContext context, NDList input) {
            return input;
        }

        @Override
        public Outputs processOutput(TranslatorContext context, NDList list) {
            throw new UnsupportedOperationException("streams only");
        }

        @Override
        public ai.djl.translate.Batchifier getBatchifier() {
            return null;
        }

        @Override
        public Support getSupport() {
            return Support.ITERATIVE;
        }

        @Override
        public StreamOutput<Outputs> processStreamOutput(TranslatorContext context, Stream<NDList> outputs) {
            Stream<NDList> read = reads ? outputs.toList().stream() : outputs;
            return new StreamOutput<>() {
                @Override
                protected Outputs buildAsyncOutput() {
                    throw new UnsupportedOperationException("iterative only");
                }

                @Override
                protected void computeAsyncOutputInternal(Outputs output) {
                    throw new UnsupportedOperationException("iterative only");
                }

                @Override
                public Outputs getIterativeOutputInternal() {
                    return new StreamedOutputs(read);
                }
            };
        }
    }

    private static final class StreamedOutputs implements Outputs {

        private final Stream<NDList> outputs;
        private Iterator<NDList> iterator;

        StreamedOutputs(Stream<NDList> outputs) {
            this.outputs = outputs;
        }

        @Override
        public boolean next() {
            if (iterator == null) {
                iterator = outputs.iterator();
            }
            if (!iterator.hasNext()) {
                return false;
            }
            iterator.next();
            return true;
        }

        @Override
        public void forEach(Runnable work) {
            outputs.forEach(output -> work.run());
        }

        @Override
        public int all() {
            List<NDList> all = new ArrayList<>();
            outputs.forEach(all::add);
            return all.size();
        }

        @Override
        public void close() {
            outputs.close();
        }
    }
}
