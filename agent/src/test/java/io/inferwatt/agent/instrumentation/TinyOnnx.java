package io.inferwatt.agent.instrumentation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes an ONNX model of one Identity node in protobuf's wire format; field numbers as in onnx.proto3. */
public final class TinyOnnx {

    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private TinyOnnx() {}

    /** Returns a model that copies an n × {@code width} float matrix {@code x} to {@code y}. */
    public static byte[] ofFloats(int width) {
        return model("tiny", "x", FLOAT, width);
    }

    /** Returns a model that copies n × {@code width} 64-bit token ids {@code input_ids} to {@code y}. */
    public static byte[] ofTokens(int width) {
        return namedOfTokens("tiny", width);
    }

    /** Returns such a model with other bytes for each name. */
    public static byte[] namedOfTokens(String name, int width) {
        return model(name, "input_ids", INT64, width);
    }

    private static byte[] model(String name, String input, int type, int width) {
        byte[] node = join(bytes(1, input), bytes(2, "y"), bytes(4, "Identity"));
        byte[] graph = join(
                bytes(1, node),
                bytes(2, name),
                bytes(11, value(input, type, width)),
                bytes(12, value("y", type, width)));
        byte[] opset = number(2, 17);
        return join(number(1, 8), bytes(7, graph), bytes(8, opset));
    }

    private static byte[] value(String name, int type, int width) {
        byte[] shape = join(bytes(1, bytes(2, "n")), bytes(1, number(1, width)));
        byte[] tensor = join(number(1, type), bytes(2, shape));
        return join(bytes(1, name), bytes(2, bytes(1, tensor)));
    }

    private static byte[] number(int field, long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, field << 3 | VARINT);
        varint(out, value);
        return out.toByteArray();
    }

    private static byte[] bytes(int field, String text) {
        return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(int field, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        varint(out, field << 3 | BYTES);
        varint(out, content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
