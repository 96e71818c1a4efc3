package io.inferwatt.core.testservers;

import io.inferwatt.core.testservers.WireServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Answers as Amazon Bedrock's runtime gives them: JSON, and for streams AWS's binary event messages. Such a message is its length,
 * that of its headers and the CRC of both, then headers and payload, then the CRC of all before; numbers are big-endian.
 */
public final class BedrockWire {

    private static final String STREAM = "application/vnd.amazon.eventstream";
    private static final int PRELUDE = 12;
    private static final int CRC = 4;
    private static final int TEXT_HEADER = 7;

    private BedrockWire() {}

    /** Usage without any word of a cache. */
    public static String usage(int input, int output, int total) {
        return "{\"inputTokens\":%d,\"outputTokens\":%d,\"totalTokens\":%d}".formatted(input, output, total);
    }

    public static String usage(int input, int output, int total, int cacheRead, int cacheWrite) {
        return ("{\"inputTokens\":%d,\"outputTokens\":%d,\"totalTokens\":%d,"
                        + "\"cacheReadInputTokens\":%d,\"cacheWriteInputTokens\":%d}")
                .formatted(input, output, total, cacheRead, cacheWrite);
    }

    /** An answer to {@code Converse}. */
    public static Reply converse(String text, String usage) {
        return Reply.json(conversation(text, usage, "{}"));
    }

    /** An answer to {@code Converse} from the model that a router of prompts has chosen. */
    public static Reply routed(String text, String usage, String invokedModel) {
        return Reply.json(conversation(text, usage, router(invokedModel)));
    }

    private static String conversation(String text, String usage, String trace) {
        return """
                {"output":{"message":{"role":"assistant","content":[{"text":"%s"}]}},"stopReason":"end_turn",\
                "usage":%s,"metrics":{"latencyMs":12},"trace":%s}""".formatted(text, usage, trace);
    }

    private static String router(String invokedModel) {
        return "{\"promptRouter\":{\"invokedModelId\":\"%s\"}}".formatted(invokedModel);
    }

    /** An answer to {@code InvokeModel}, in the model's own JSON; its counts are in headers. */
    public static Reply invoked(String json, int input, int output) {
        return Reply.json(json)
                .withHeader("X-Amzn-Bedrock-Input-Token-Count", String.valueOf(input))
                .withHeader("X-Amzn-Bedrock-Output-Token-Count", String.valueOf(output));
    }

    /** The answer of a model that reads from a cache and writes to one; both are apart from the input. */
    public static Reply invoked(String json, int input, int output, int cacheRead, int cacheWrite) {
        return invoked(json, input, output)
                .withHeader("X-Amzn-Bedrock-Cache-Read-Input-Token-Count", String.valueOf(cacheRead))
                .withHeader("X-Amzn-Bedrock-Cache-Write-Input-Token-Count", String.valueOf(cacheWrite));
    }

    /** An answer to {@code ConverseStream}: pieces of text, then usage if there is any. */
    public static Reply converseStream(String usage, String... texts) {
        return converseStream(usage, "{}", texts);
    }

    /** The same from the model that a router of prompts has chosen. */
    public static Reply routedStream(String usage, String invokedModel, String... texts) {
        return converseStream(usage, router(invokedModel), texts);
    }

    private static Reply converseStream(String usage, String trace, String... texts) {
        List<byte[]> events = new ArrayList<>();
        events.add(event("messageStart", "{\"role\":\"assistant\"}"));
        for (String text : texts) {
            events.add(event(
                    "contentBlockDelta", "{\"contentBlockIndex\":0,\"delta\":{\"text\":\"%s\"}}".formatted(text)));
        }
        events.add(event("contentBlockStop", "{\"contentBlockIndex\":0}"));
        events.add(event("messageStop", "{\"stopReason\":\"end_turn\"}"));
        if (!usage.isEmpty()) {
            events.add(event(
                    "metadata", "{\"usage\":%s,\"metrics\":{\"latencyMs\":34},\"trace\":%s}".formatted(usage, trace)));
        }
        return Reply.bytes(STREAM, events);
    }

    /** An answer to {@code InvokeModelWithResponseStream}: pieces in the model's own JSON. */
    public static Reply invokeStream(String... pieces) {
        List<byte[]> events = new ArrayList<>();
        for (String piece : pieces) {
            String bytes = Base64.getEncoder().encodeToString(piece.getBytes(StandardCharsets.UTF_8));
            events.add(event("chunk", "{\"bytes\":\"%s\"}".formatted(bytes)));
        }
        return Reply.bytes(STREAM, events);
    }

    /** What Bedrock adds to the last piece, as a member of its JSON. */
    public static String metrics(int input, int output) {
        return ("\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":%d,\"outputTokenCount\":%d,"
                        + "\"invocationLatency\":1042,\"firstByteLatency\":350}")
                .formatted(input, output);
    }

    public static String metrics(int input, int output, int cacheRead, int cacheWrite) {
        return ("\"amazon-bedrock-invocationMetrics\":{\"inputTokenCount\":%d,\"outputTokenCount\":%d,"
                        + "\"invocationLatency\":1042,\"firstByteLatency\":350,"
                        + "\"cacheReadInputTokenCount\":%d,\"cacheWriteInputTokenCount\":%d}")
                .formatted(input, output, cacheRead, cacheWrite);
    }

    /** An error instead of an answer. */
    public static Reply error(int status, String type, String message) {
        return Reply.json(status, "{\"message\":\"%s\"}".formatted(message)).withHeader("x-amzn-ErrorType", type);
    }

    /** The same stream, in which an error comes after so many events. */
    public static Reply failingAfter(Reply stream, int events, String type, String message) {
        List<byte[]> pieces = new ArrayList<>(stream.pieces().subList(0, events));
        pieces.add(message(
                Map.of(":message-type", "exception", ":exception-type", type, ":content-type", "application/json"),
                "{\"message\":\"%s\"}".formatted(message)));
        return Reply.bytes(STREAM, pieces);
    }

    private static byte[] event(String type, String json) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(":event-type", type);
        headers.put(":content-type", "application/json");
        headers.put(":message-type", "event");
        return message(headers, json);
    }

    private static byte[] message(Map<String, String> headers, String json) {
        byte[] head = headers(headers);
        byte[] payload = json.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(PRELUDE + head.length + payload.length + CRC);
            out.writeInt(head.length);
            out.writeInt(crc(bytes));
            out.write(head);
            out.write(payload);
            out.writeInt(crc(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] headers(Map<String, String> headers) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (Map.Entry<String, String> header : headers.entrySet()) {
                out.writeByte(header.getKey().length());
                out.writeBytes(header.getKey());
                out.writeByte(TEXT_HEADER);
                out.writeShort(header.getValue().length());
                out.writeBytes(header.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static int crc(ByteArrayOutputStream bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes.toByteArray());
        return (int) crc.getValue();
    }
}
