package io.inferwatt.it.demo;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A text embedding model on plain ONNX Runtime. Safe for use by several threads at once. */
final class EmbeddingModel implements ServedModel {

    /** The position embeddings of these models end here; longer texts are cut. */
    private static final int MOST_TOKENS = 512;

    private final ModelCard card;
    private final Pooling pooling;
    private final HuggingFaceTokenizer tokenizer;
    private final OrtSession session;

    private EmbeddingModel(ModelCard card, Pooling pooling, HuggingFaceTokenizer tokenizer, OrtSession session) {
        this.card = card;
        this.pooling = pooling;
        this.tokenizer = tokenizer;
        this.session = session;
    }

    /** Loads a model by way of a file in the folder, which must stay until the model is closed. */
    static EmbeddingModel open(ShippedModel model, Path folder) throws IOException, OrtException {
        HuggingFaceTokenizer tokenizer;
        try (InputStream json = model.tokenizer()) {
            tokenizer = HuggingFaceTokenizer.newInstance(
                    json, Map.of("truncation", "true", "maxLength", String.valueOf(MOST_TOKENS), "padding", "false"));
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            // Requests run side by side, so that one thread each is enough; a pool of each session would only spin.
            options.setIntraOpNumThreads(1);
            Path weights = model.copyWeights(folder);
            OrtSession session = OrtEnvironment.getEnvironment().createSession(weights.toString(), options);
            ModelCard card = new ModelCard(model.name(), "embedding", Files.size(weights));
            return new EmbeddingModel(card, model.pooling(), tokenizer, session);
        }
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public String answer(String text) throws OrtException {
        float[] vector = embed(text);
        StringBuilder json = new StringBuilder(vector.length * 12).append('[');
        for (int i = 0; i < vector.length; i++) {
            json.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return json.append(']').toString();
    }

    /** Returns a vector of length 1: the dot product of two of them is their cosine. */
    private float[] embed(String text) throws OrtException {
        Encoding encoding = tokenizer.encode(text);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String input : session.getInputNames()) {
                inputs.put(input, OnnxTensor.createTensor(environment, new long[][] {values(input, encoding)}));
            }
            try (OrtSession.Result result = session.run(inputs)) {
                float[][][] states = (float[][][]) result.get(0).getValue();
                return normalised(pooling.pool(states[0]));
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static long[] values(String input, Encoding encoding) {
        return switch (input) {
            case "input_ids" -> encoding.getIds();
            case "attention_mask" -> encoding.getAttentionMask();
            case "token_type_ids" -> encoding.getTypeIds();
            default -> throw new IllegalStateException("the model wants an input that no tokenizer gives: " + input);
        };
    }

    private static float[] normalised(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    @Override
    public void close() {
        tokenizer.close();
        try {
            session.close();
        } catch (OrtException closedBefore) {
            throw new IllegalStateException(closedBefore);
        }
    }
}
