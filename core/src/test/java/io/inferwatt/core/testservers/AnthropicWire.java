package io.inferwatt.core.testservers;

import io.inferwatt.core.testservers.WireServer.Reply;

/** What Anthropic's Messages API sends, as far as tests need it. */
public final class AnthropicWire {

    /** Where messages are asked for. */
    public static final String PATH = "/v1/messages";

    private AnthropicWire() {}

    /**
     * Returns a whole message.
     *
     * @param usage members of the object {@code usage}, for instance {@code "input_tokens":7,"output_tokens":5}
     */
    public static Reply message(String model, String text, String usage) {
        return Reply.json("{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"" + model
                + "\",\"content\":[{\"type\":\"text\",\"text\":\"" + text
                + "\"}],\"stop_reason\":\"end_turn\",\"stop_sequence\":null,\"usage\":{" + usage + "}}");
    }

    /**
     * Returns a message in pieces: its begin, the begin of its text, two parts of it, its end, the output, the end of all.
     *
     * @param usageAtBegin members of {@code usage} in the first event
     * @param usageAtEnd the same in the last but one; null to leave that event out
     */
    public static Reply stream(String model, String first, String second, String usageAtBegin, String usageAtEnd) {
        String begin = event(
                "message_start",
                "\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"" + model
                        + "\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":{" + usageAtBegin
                        + "}}");
        String text = event("content_block_start", "\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}");
        String stop = event("content_block_stop", "\"index\":0");
        String last = event("message_stop", "");
        return usageAtEnd == null
                ? Reply.events(begin, text, delta(first), delta(second), stop, last)
                : Reply.events(begin, text, delta(first), delta(second), stop, end(usageAtEnd), last);
    }

    private static String delta(String text) {
        return event(
                "content_block_delta", "\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
    }

    private static String end(String usage) {
        return event(
                "message_delta",
                "\"delta\":{\"stop_reason\":\"end_turn\",\"stop_sequence\":null},\"usage\":{" + usage + "}");
    }

    /** An error as the API words it, for instance of type {@code overloaded_error}. */
    public static Reply error(int status, String type) {
        return Reply.json(
                        status,
                        "{\"type\":\"error\",\"error\":{\"type\":\"" + type + "\",\"message\":\"told to fail\"}}")
                .withHeader("retry-after-ms", "1");
    }

    private static String event(String type, String members) {
        return "event: " + type + "\ndata: {\"type\":\"" + type + "\"" + (members.isEmpty() ? "" : "," + members) + "}";
    }
}
