package io.inferwatt.agent.instrumentation.djl;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.TinyOnnx;
import io.inferwatt.core.call.ModelKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A predictor over DJL's engine for ONNX Runtime, asked for two inputs at once. */
public final class DjlScenario implements LibraryScenario {

    private static final int WIDTH = 4;

    private final Model model;
    private final NDManager manager;
    private final Predictor<NDList, NDList> predictor;

    public DjlScenario() throws Exception {
        Path folder = Files.createTempDirectory("djl");
        Path file = Files.write(folder.resolve("copy-floats.onnx"), TinyOnnx.ofFloats(WIDTH));
        model = Model.newInstance("copy-floats", "OnnxRuntime");
        model.load(folder);
        Files.delete(file);
        Files.delete(folder);
        manager = model.getNDManager().newSubManager();
        predictor = model.newPredictor(new NoopTranslator());
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
    public ModelKey key() {
        return ModelKey.of("copy-floats");
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
}
