package io.inferwatt.core.testservers;

import io.inferwatt.core.testservers.WireServer.Reply;
import java.util.ArrayList;
import java.util.List;

/** What the Gemini API and Vertex AI send, as far as tests need it. */
public final class GeminiWire {

    private GeminiWire() {}

    /**
     * Returns a whole answer.
     *
     * @param usage members of {@code usageMetadata}, for instance {@code "promptTokenCount":7}; null to leave that out
     */
    public static Reply answer(String model, String text, String usage) {
        return Reply.json(chunk(model, "{\"text\":\"" + text + "\"}", true, usage));
    }

    /** Returns an answer that asks for a function of the application to be called. */
    public static Reply functionCall(String model, String function, String usage) {
        return Reply.json(chunk(model, "{\"functionCall\":{\"name\":\"" + function + "\",\"args\":{}}}", true, usage));
    }

    /**
     * Returns an answer in two chunks.
     *
     * @param usageFirst members of {@code usageMetadata} in the first chunk; null to leave that out
     * @param usageLast the same in the last one
     */
    public static Reply stream(String model, String first, String last, String usageFirst, String usageLast) {
        return Reply.events(
                "data: " + chunk(model, "{\"text\":\"" + first + "\"}", false, usageFirst),
                "data: " + chunk(model, "{\"text\":\"" + last + "\"}", true, usageLast));
    }

    private static String chunk(String model, String part, boolean last, String usage) {
        return "{\"candidates\":[{\"index\":0,\"content\":{\"role\":\"model\",\"parts\":[" + part + "]}"
                + (last ? ",\"finishReason\":\"STOP\"" : "") + "}],"
                + (usage == null ? "" : "\"usageMetadata\":{" + usage + "},") + "\"modelVersion\":\"" + model + "\"}";
    }

    /** Returns embeddings of two numbers each, as the Gemini API does: it counts no tokens. */
    public static Reply embeddings(int count) {
        return Reply.json("{\"embeddings\":[" + repeated("{\"values\":[0.25,0.5]}", count) + "]}");
    }

    /** Returns embeddings as Vertex AI does, for which it has read so many tokens each. */
    public static Reply vertexEmbeddings(int count, int tokensEach) {
        return Reply.json("{\"predictions\":["
                + repeated(
                        "{\"embeddings\":{\"values\":[0.25,0.5],\"statistics\":{\"truncated\":false,\"token_count\":"
                                + tokensEach + "}}}",
                        count)
                + "]}");
    }

    /** Returns images as Imagen on Vertex AI does. */
    public static Reply images(int count) {
        return Reply.json("{\"predictions\":["
                + repeated("{\"bytesBase64Encoded\":\"iVBORw0KGgo=\",\"mimeType\":\"image/png\"}", count) + "]}");
    }

    /** An error as the API words it, for instance of status {@code RESOURCE_EXHAUSTED}. */
    public static Reply error(int status, String name) {
        return Reply.json(
                status,
                "{\"error\":{\"code\":" + status + ",\"message\":\"told to fail\",\"status\":\"" + name + "\"}}");
    }

    private static String repeated(String text, int count) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(text);
        }
        return String.join(",", all);
    }
}
