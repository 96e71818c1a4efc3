package io.inferwatt.agent.instrumentation.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.inferwatt.agent.instrumentation.TinyOnnx;
import io.inferwatt.core.call.ModelKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model file with token ids, run in batches of three. */
public final class OnnxRuntimeScenario implements OnnxRuntimeUse {

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
        run(session);
    }

    private void run(OrtSession opened) throws OrtException {
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS]);
                OrtSession.Result result = opened.run(Map.of("input_ids", ids))) {
            result.get(0).getInfo();
        }
    }

    @Override
    public int runEachOverload() throws OrtException {
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS]);
                OnnxTensor copy = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS]);
                OrtSession.RunOptions options = new OrtSession.RunOptions()) {
            Map<String, OnnxTensor> inputs = Map.of("input_ids", ids);
            Map<String, OnnxTensor> pinned = Map.of("y", copy);
            Set<String> all = Set.of("y");
            session.run(inputs).close();
            session.run(inputs, options).close();
            session.run(inputs, all).close();
            session.run(inputs, all, options).close();
            session.run(inputs, pinned).close();
            session.run(inputs, Set.of(), pinned).close();
            session.run(inputs, Set.of(), pinned, options).close();
            return 7;
        }
    }

    @Override
    public int runModelOfBytes(byte[] model) throws OrtException {
        ByteBuffer direct = ByteBuffer.allocateDirect(model.length).put(model).rewind();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            runAndClose(environment.createSession(model));
            runAndClose(environment.createSession(model, options));
            runAndClose(environment.createSession(direct));
            runAndClose(environment.createSession(direct, options));
            return 4;
        }
    }

    private void runAndClose(OrtSession opened) throws OrtException {
        try (opened) {
            run(opened);
        }
    }

    @Override
    public void runWithOneConfiguration(byte[]... models) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            for (byte[] model : models) {
                runAndClose(environment.createSession(model, options));
            }
        }
    }

    @Override
    public void runAfterACardWasRefused(byte[] model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            try {
                options.addCUDA();
                throw new IllegalStateException("this machine has a graphics card after all");
            } catch (OrtException expected) {
                runAndClose(environment.createSession(model, options));
            }
        }
    }

    @Override
    public void runOnFirstDevice(byte[] model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            List<OrtEpDevice> devices = environment.getEpDevices();
            options.addExecutionProvider(devices.subList(0, 1), Map.of());
            runAndClose(environment.createSession(model, options));
        }
    }

    @Override
    public void openNothing() throws OrtException {
        environment.createSession(new byte[] {1, 2, 3}).close();
    }

    @Override
    public void runBroken(Runnable meanwhile) throws OrtException {
        session.run(new BrokenInputs(meanwhile)).close();
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

    /** The library goes through the entries after it has made sure that the session is open. */
    private static final class BrokenInputs extends HashMap<String, OnnxTensorLike> {

        private static final long serialVersionUID = 1;

        private final transient Runnable meanwhile;

        BrokenInputs(Runnable meanwhile) {
            this.meanwhile = meanwhile;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public Set<Map.Entry<String, OnnxTensorLike>> entrySet() {
            meanwhile.run();
            throw new IllegalStateException("broken inputs");
        }
    }
}
