package io.inferwatt.it.server;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.TranslatorContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A sentence embedding model on DJL, whose predictor computes a list of texts at once. For one thread at a time. */
final class TextEmbedder implements Batcher.Model, AutoCloseable {

    /** Texts are cut or filled up to this, so that a batch is one tensor. */
    private static final int TOKENS = 32;

    private final Model model;
    private final HuggingFaceTokenizer tokenizer;
    private final Predictor<List<String>, List<float[]>> predictor;

    /** @param file the model, whose name it gets */
    TextEmbedder(Path file, InputStream tokenizerJson) throws IOException, MalformedModelException {
        String fileName = file.getFileName().toString();
        model = Model.newInstance(fileName.substring(0, fileName.lastIndexOf('.')), Device.cpu(), "OnnxRuntime");
        model.load(file.getParent(), fileName);
        tokenizer = HuggingFaceTokenizer.newInstance(
                tokenizerJson,
                Map.of("truncation", "true", "padding", "max_length", "maxLength", String.valueOf(TOKENS)));
        predictor = model.newPredictor(new Texts());
    }

    @Override
    public List<float[]> answer(List<String> texts) throws TranslateException {
        return predictor.predict(texts);
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
        tokenizer.close();
    }

    /** One input of the predictor is a batch of its own already. */
    private final class Texts implements NoBatchifyTranslator<List<String>, List<float[]>> {

        @Override
        public NDList processInput(TranslatorContext context, List<String> texts) {
            Encoding[] encodings = tokenizer.batchEncode(texts);
            LongBuffer ids = LongBuffer.allocate(texts.size() * TOKENS);
            LongBuffer mask = LongBuffer.allocate(texts.size() * TOKENS);
            LongBuffer types = LongBuffer.allocate(texts.size() * TOKENS);
            for (Encoding encoding : encodings) {
                ids.put(encoding.getIds());
                mask.put(encoding.getAttentionMask());
                types.put(encoding.getTypeIds());
            }
            Shape shape = new Shape(texts.size(), TOKENS);
            return new NDList(
                    tensor(context, "input_ids", ids, shape),
                    tensor(context, "attention_mask", mask, shape),
                    tensor(context, "token_type_ids", types, shape));
        }

        private static NDArray tensor(TranslatorContext context, String name, LongBuffer values, Shape shape) {
            NDArray tensor = context.getNDManager().create(values.flip(), shape, ai.djl.ndarray.types.DataType.INT64);
            tensor.setName(name);
            return tensor;
        }

        /** The state of the first token stands for the sentence. */
        @Override
        public List<float[]> processOutput(TranslatorContext context, NDList states) {
            long[] shape = states.get(0).getShape().getShape();
            float[] all = states.get(0).toFloatArray();
            int width = (int) shape[2];
            int sentence = (int) (shape[1] * shape[2]);
            List<float[]> vectors = new ArrayList<>();
            for (int row = 0; row < shape[0]; row++) {
                float[] vector = new float[width];
                System.arraycopy(all, row * sentence, vector, 0, width);
                vectors.add(vector);
            }
            return vectors;
        }
    }
}
