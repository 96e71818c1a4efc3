package io.inferwatt.agent.instrumentation.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.TinyOnnx;
import io.inferwatt.core.call.ModelKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A model file with token ids, run in batches of three. */
public final class OnnxRuntimeScenario implements LibraryScenario {

    private static final int ROWS = 3;
    private static final int TOKENS = 5;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    public OnnxRuntimeScenario() throws IOException, OrtException {
        Path file = Files.createTempDirectory("onnx").resolve("copy-tokens.onnx");
        Files.write(file, TinyOnnx.ofTokens(TOKENS));
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            session = environment.createSession(file.toString(), options);
        }
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Override
    public void call() throws OrtException {
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS]);
                OrtSession.Result result = session.run(Map.of("input_ids", ids))) {
            result.get(0).getInfo();
        }
    }

    @Override
    public void failingCall() throws OrtException {
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS])) {
            session.run(Map.of("no_such_input", ids)).close();
        }
    }

    @Override
    public void callWithNull() throws OrtException {
        session.run(null).close();
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("copy-tokens");
    }

    @Override
    public long rows() {
        return ROWS;
    }

    @Override
    public void callAfterClose() throws OrtException {
        close();
        call();
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }
}
