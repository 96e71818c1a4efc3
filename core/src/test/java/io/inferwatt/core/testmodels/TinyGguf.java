package io.inferwatt.core.testmodels;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;

/**
 * Writes a language model in the GGUF format that llama.cpp loads: the architecture of Llama, weights by chance. It computes
 * as a trained one of its size does; what it writes is noise, and the same noise each time.
 *
 * @param width elements of a token's vector, a multiple of 32 and of {@code heads}
 * @param feedForward elements inside a feed-forward layer, a multiple of 32
 * @param layers how many blocks of attention and feed-forward
 * @param heads attention heads
 * @param vocabulary how many tokens there are, more than 259
 */
public record TinyGguf(int width, int feedForward, int layers, int heads, int vocabulary) {

    /** 0.3 million parameters in 0.4 MB: loads in 20 ms, one token takes less than one. */
    public static final TinyGguf SMALLEST = new TinyGguf(96, 256, 2, 3, 1024);

    /** 3.3 million parameters in 3.7 MB. */
    public static final TinyGguf SMALL = new TinyGguf(192, 512, 4, 6, 8192);

    /** 15 million parameters in 16.8 MB. */
    public static final TinyGguf LARGER = new TinyGguf(288, 768, 6, 6, 32000);

    private static final int VERSION = 3;
    private static final int ALIGNMENT = 32;
    private static final int CONTEXT_TOKENS = 2048;

    private static final int U32 = 4;
    private static final int I32 = 5;
    private static final int F32 = 6;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int BYTE = 6;
    private static final int BYTES = 256;
    private static final int FIRST_PIECE = 3 + BYTES;

    /** How a space before a word is written in a vocabulary of SentencePiece. */
    private static final String SPACE = "\u2581";

    private static final int LETTERS = 26;

    /** Writes the model to a file, which llama.cpp takes for its name. */
    public Path writeTo(Path file) throws IOException {
        List<Tensor> tensors = tensors();
        Buffer head = new Buffer();
        keys(head, tensors.size());
        directory(head, tensors);
        head.pad();
        try (OutputStream out = Files.newOutputStream(file)) {
            head.bytes.writeTo(out);
            for (Tensor tensor : tensors) {
                out.write(tensor.data());
            }
        }
        return file;
    }

    private void keys(Buffer head, int tensors) {
        head.text("GGUF").u32(VERSION).u64(tensors).u64(17);
        head.key("general.architecture", STRING).string("llama");
        head.key("general.name", STRING).string("random weights");
        head.key("llama.context_length", U32).u32(CONTEXT_TOKENS);
        head.key("llama.embedding_length", U32).u32(width);
        head.key("llama.block_count", U32).u32(layers);
        head.key("llama.feed_forward_length", U32).u32(feedForward);
        head.key("llama.rope.dimension_count", U32).u32(width / heads);
        head.key("llama.attention.head_count", U32).u32(heads);
        head.key("llama.attention.head_count_kv", U32).u32(heads);
        head.key("llama.attention.layer_norm_rms_epsilon", F32).f32(1e-5f);
        head.key("tokenizer.ggml.model", STRING).string("llama");
        head.array("tokenizer.ggml.tokens", STRING, vocabulary, id -> head.string(piece(id)));
        head.array("tokenizer.ggml.scores", F32, vocabulary, id -> head.f32(id < FIRST_PIECE ? 0 : -id));
        head.array("tokenizer.ggml.token_type", I32, vocabulary, id -> head.u32(kind(id)));
        head.key("tokenizer.ggml.bos_token_id", U32).u32(1);
        head.key("tokenizer.ggml.eos_token_id", U32).u32(2);
        head.key("tokenizer.ggml.unknown_token_id", U32).u32(0);
    }

    private static String piece(int id) {
        if (id < FIRST_PIECE) {
            return switch (id) {
                case 0 -> "<unk>";
                case 1 -> "<s>";
                case 2 -> "</s>";
                default -> String.format("<0x%02X>", id - 3);
            };
        }
        StringBuilder letters = new StringBuilder();
        for (int rest = id; rest > 0; rest /= LETTERS) {
            letters.append((char) ('a' + rest % LETTERS));
        }
        return id % 2 == 0 ? SPACE + letters.toString() : letters.toString();
    }

    private static int kind(int id) {
        if (id < 3) {
            return id == 0 ? UNKNOWN : CONTROL;
        }
        return id < FIRST_PIECE ? BYTE : NORMAL;
    }

    private List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(Tensor.weights("token_embd", width, vocabulary));
        tensors.add(Tensor.ones("output_norm", width));
        for (int layer = 0; layer < layers; layer++) {
            String block = "blk." + layer + ".";
            tensors.add(Tensor.ones(block + "attn_norm", width));
            for (String matrix : List.of("attn_q", "attn_k", "attn_v", "attn_output")) {
                tensors.add(Tensor.weights(block + matrix, width, width));
            }
            tensors.add(Tensor.ones(block + "ffn_norm", width));
            tensors.add(Tensor.weights(block + "ffn_gate", width, feedForward));
            tensors.add(Tensor.weights(block + "ffn_up", width, feedForward));
            tensors.add(Tensor.weights(block + "ffn_down", feedForward, width));
        }
        return tensors;
    }

    private static void directory(Buffer head, List<Tensor> tensors) {
        long offset = 0;
        for (Tensor tensor : tensors) {
            head.string(tensor.name + ".weight")
                    .u32(tensor.outputs == 0 ? 1 : 2)
                    .u64(tensor.inputs);
            if (tensor.outputs > 0) {
                head.u64(tensor.outputs);
            }
            head.u32(tensor.type()).u64(offset);
            offset += tensor.data().length;
        }
    }

    /** A matrix of quantised weights, or a vector of ones where there are no outputs. */
    private record Tensor(String name, int inputs, int outputs) {

        private static final int TYPE_F32 = 0;
        private static final int TYPE_Q8_0 = 8;

        /** A half-precision scale and as many signed bytes. */
        private static final int BLOCK = 32;

        private static final int HALF_EXPONENT_BIAS = 15;
        private static final int HALF_FRACTION_BITS = 10;

        /** Standard deviation of a byte by chance. */
        private static final double DEVIATION = 73;

        static Tensor weights(String name, int inputs, int outputs) {
            return new Tensor(name, inputs, outputs);
        }

        static Tensor ones(String name, int size) {
            return new Tensor(name, size, 0);
        }

        int type() {
            return outputs == 0 ? TYPE_F32 : TYPE_Q8_0;
        }

        byte[] data() {
            byte[] data = outputs == 0 ? vector() : matrix();
            return Arrays.copyOf(data, (data.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
        }

        private byte[] vector() {
            ByteBuffer vector = ByteBuffer.allocate(inputs * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < inputs; i++) {
                vector.putFloat(1);
            }
            return vector.array();
        }

        /** Scaled by a power of two so that outputs are about as large as inputs. */
        private byte[] matrix() {
            Random random = new Random(name.hashCode());
            long exponent = Math.round(Math.log(DEVIATION * Math.sqrt(inputs)) / Math.log(2));
            short scale = (short) (HALF_EXPONENT_BIAS - exponent << HALF_FRACTION_BITS);
            int blocks = inputs / BLOCK * outputs;
            byte[] weights = new byte[BLOCK];
            ByteBuffer matrix =
                    ByteBuffer.allocate(blocks * (Short.BYTES + BLOCK)).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < blocks; i++) {
                random.nextBytes(weights);
                matrix.putShort(scale).put(weights);
            }
            return matrix.array();
        }
    }

    /** Numbers little-endian, strings with their length before them. */
    private static final class Buffer {

        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);

        Buffer u32(int value) {
            bytes.write(number.putInt(0, value).array(), 0, Integer.BYTES);
            return this;
        }

        Buffer u64(long value) {
            bytes.write(number.putLong(0, value).array(), 0, Long.BYTES);
            return this;
        }

        Buffer f32(float value) {
            return u32(Float.floatToIntBits(value));
        }

        Buffer text(String text) {
            try {
                bytes.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException memoryNeverFails) {
                throw new UncheckedIOException(memoryNeverFails);
            }
            return this;
        }

        Buffer string(String text) {
            return u64(text.getBytes(StandardCharsets.UTF_8).length).text(text);
        }

        Buffer key(String name, int type) {
            return string(name).u32(type);
        }

        void array(String name, int type, int size, IntConsumer element) {
            key(name, ARRAY).u32(type).u64(size);
            for (int i = 0; i < size; i++) {
                element.accept(i);
            }
        }

        void pad() {
            while (bytes.size() % ALIGNMENT != 0) {
                bytes.write(0);
            }
        }
    }
}
