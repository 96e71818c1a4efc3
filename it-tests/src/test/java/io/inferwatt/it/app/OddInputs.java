package io.inferwatt.it.app;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * An application whose inputs are in a map that only ONNX Runtime can read: whoever looks one up by name gets an exception.
 * Runs the model once for each byte on its standard input and prints what comes out.
 */
public final class OddInputs {

    /** What the tensors hold. */
    public static final long CONTENT = 918_273_645_546L;

    private static final String COPY_TOKENS =
            "08083a540a180a09696e7075745f69647312017922084964656e74697479120474696e795a1c0a09696e7075745f696473120f0a0d080712090a0312016e0a02080562140a0179120f0a0d080712090a0312016e0a02080542021011";

    private OddInputs() {}

    public static void main(String[] arguments) throws Exception {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[][] tokens = {{CONTENT, 1, 2, 3, 4}};
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(HexFormat.of().parseHex(COPY_TOKENS), options);
                OnnxTensor ids = OnnxTensor.createTensor(environment, tokens)) {
            while (System.in.read() >= 0) {
                try (OrtSession.Result result = session.run(new OddMap(Map.of("input_ids", ids)))) {
                    System.out.println(((long[][]) result.get(0).getValue())[0][0]);
                }
            }
        }
    }

    private static final class OddMap extends HashMap<String, OnnxTensor> {

        private static final long serialVersionUID = 1;

        OddMap(Map<String, OnnxTensor> entries) {
            super(entries);
        }

        @Override
        public OnnxTensor get(Object name) {
            throw new UnsupportedOperationException("no look-up by name");
        }
    }
}
