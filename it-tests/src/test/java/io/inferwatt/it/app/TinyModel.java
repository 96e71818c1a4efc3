package io.inferwatt.it.app;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;

/** An application that runs an ONNX model, twice and once more for each byte on its standard input. */
public final class TinyModel {

    /** One Identity node from input_ids to y, both 64-bit integers of shape n × 5. */
    private static final String COPY_TOKENS =
            "08083a540a180a09696e7075745f69647312017922084964656e74697479120474696e795a1c0a09696e7075745f696473120f0a0d080712090a0312016e0a02080562140a0179120f0a0d080712090a0312016e0a02080542021011";

    private static final int ROWS = 3;
    private static final int TOKENS = 5;

    private TinyModel() {}

    static byte[] bytes() {
        return HexFormat.of().parseHex(COPY_TOKENS);
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Files.write(Path.of(arguments[0]), bytes());
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(file.toString(), options);
                OnnxTensor ids = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS])) {
            for (int i = 0; i < 2; i++) {
                session.run(Map.of("input_ids", ids)).close();
            }
            System.out.println("ran");
            while (System.in.read() >= 0) {
                session.run(Map.of("input_ids", ids)).close();
            }
        }
    }
}
