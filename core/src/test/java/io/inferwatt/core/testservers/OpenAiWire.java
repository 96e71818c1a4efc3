package io.inferwatt.core.testservers;

/** What servers with OpenAI's protocol answer, as they send it. Counts of tokens are the caller's; texts are always the same. */
public final class OpenAiWire {

    /** What the model says, in two pieces where it is streamed. */
    public static final String TEXT = "Hello there";

    /** Ends a stream of chats and completions. */
    public static final String DONE = "data: [DONE]";

    private OpenAiWire() {}

    public static String chat(String model, String usage) {
        return """
                {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,"logprobs":null,\
                "message":{"role":"assistant","content":"%s","refusal":null},"finish_reason":"stop"}]%s}""".formatted(model, TEXT, usage.isEmpty() ? "" : ",\"usage\":" + usage);
    }

    /** Cached tokens are among those of the prompt, those of reasoning among those of the completion. */
    public static String usage(long prompt, long cached, long completion, long reasoning) {
        return """
                {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,"prompt_tokens_details":{"cached_tokens":%d,"audio_tokens":0},\
                "completion_tokens_details":{"reasoning_tokens":%d,"audio_tokens":0}}""".formatted(prompt, completion, prompt + completion, cached, reasoning);
    }

    /** As servers of other makers tell it. */
    public static String usageWithoutDetails(long prompt, long completion) {
        return "{\"prompt_tokens\":%d,\"completion_tokens\":%d,\"total_tokens\":%d,\"prompt_tokens_details\":null}"
                .formatted(prompt, completion, prompt + completion);
    }

    /** The events of a streamed chat: two pieces of text, the end, and usage if there is any, before {@link #DONE}. */
    public static String[] chatEvents(String model, String usage) {
        String first = chatEvent(
                model,
                "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hello\"},\"finish_reason\":null}]",
                "null");
        String second =
                chatEvent(model, "[{\"index\":0,\"delta\":{\"content\":\" there\"},\"finish_reason\":null}]", "null");
        String stop = chatEvent(model, "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", "null");
        return usage.isEmpty()
                ? new String[] {first, second, stop, DONE}
                : new String[] {first, second, stop, chatEvent(model, "[]", usage), DONE};
    }

    private static String chatEvent(String model, String choices, String usage) {
        return """
                data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"%s","choices":%s,"usage":%s}""".formatted(model, choices, usage);
    }

    public static String completion(String model, String usage) {
        return """
                {"id":"cmpl-1","object":"text_completion","created":1,"model":"%s","choices":[{"text":"%s","index":0,"logprobs":null,\
                "finish_reason":"stop"}]%s}""".formatted(model, TEXT, usage.isEmpty() ? "" : ",\"usage\":" + usage);
    }

    public static String[] completionEvents(String model, String usage) {
        return new String[] {
            completionEvent(
                    model, "[{\"text\":\"Hello\",\"index\":0,\"logprobs\":null,\"finish_reason\":null}]", "null"),
            completionEvent(
                    model, "[{\"text\":\" there\",\"index\":0,\"logprobs\":null,\"finish_reason\":\"stop\"}]", "null"),
            completionEvent(model, "[]", usage),
            DONE
        };
    }

    private static String completionEvent(String model, String choices, String usage) {
        return """
                data: {"id":"cmpl-1","object":"text_completion","created":1,"model":"%s","choices":%s,"usage":%s}""".formatted(model, choices, usage);
    }

    /** An answer of the API of responses. */
    public static String response(String model, String usage) {
        return response(model, "completed", "null", usage);
    }

    /** One that failed, though the request itself did not. */
    public static String failedResponse(String model) {
        return response(model, "failed", "{\"code\":\"server_error\",\"message\":\"broken\"}", "null");
    }

    private static String response(String model, String status, String error, String usage) {
        return """
                {"id":"resp_1","object":"response","created_at":1,"status":"%s","error":%s,"incomplete_details":null,"instructions":null,\
                "metadata":{},"model":"%s","output":[{"type":"message","id":"msg_1","status":"completed","role":"assistant",\
                "content":[{"type":"output_text","text":"%s","annotations":[],"logprobs":[]}]}],"parallel_tool_calls":true,"temperature":1.0,\
                "tool_choice":"auto","tools":[],"top_p":1.0,"usage":%s}""".formatted(status, error, model, TEXT, usage);
    }

    public static String responseUsage(long input, long cached, long output, long reasoning) {
        return """
                {"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d,"cache_write_tokens":0},"output_tokens":%d,\
                "output_tokens_details":{"reasoning_tokens":%d},"total_tokens":%d}""".formatted(input, cached, output, reasoning, input + output);
    }

    /**
     * The events of a streamed response.
     *
     * @param last {@code completed}, {@code incomplete} or {@code failed}
     */
    public static String[] responseEvents(String model, String last, String usage) {
        String error = last.equals("failed") ? "{\"code\":\"server_error\",\"message\":\"broken\"}" : "null";
        return new String[] {
            "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":"
                    + response(model, "in_progress", "null", "null") + "}",
            "event: response.in_progress\ndata: {\"type\":\"response.in_progress\",\"sequence_number\":1,\"response\":"
                    + response(model, "in_progress", "null", "null") + "}",
            delta(2, "Hello"),
            delta(3, " there"),
            "event: response." + last + "\ndata: {\"type\":\"response." + last
                    + "\",\"sequence_number\":4,\"response\":" + response(model, last, error, usage) + "}"
        };
    }

    private static String delta(int number, String text) {
        return """
                event: response.output_text.delta
                data: {"type":"response.output_text.delta","sequence_number":%d,"item_id":"msg_1","output_index":0,"content_index":0,\
                "delta":"%s","logprobs":[]}""".formatted(number, text);
    }

    public static String embeddings(String model, int inputs, long promptTokens) {
        StringBuilder data = new StringBuilder();
        for (int i = 0; i < inputs; i++) {
            data.append(i == 0 ? "" : ",")
                    .append("{\"object\":\"embedding\",\"index\":")
                    .append(i)
                    .append(",\"embedding\":[0.5,0.25]}");
        }
        return """
                {"object":"list","data":[%s],"model":"%s","usage":{"prompt_tokens":%d,"total_tokens":%d}}""".formatted(data, model, promptTokens, promptTokens);
    }

    /** An answer with one image in it, whatever was asked for. */
    public static String images(String usage) {
        return "{\"created\":1,\"data\":[{\"b64_json\":\"aGk=\"}]" + (usage.isEmpty() ? "" : ",\"usage\":" + usage)
                + "}";
    }

    public static String imageUsage(long input, long output) {
        return """
                {"input_tokens":%d,"output_tokens":%d,"total_tokens":%d,"input_tokens_details":{"text_tokens":%d,"image_tokens":0}}""".formatted(input, output, input + output, input);
    }

    /**
     * The events of a streamed image: one on the way, and the last.
     *
     * @param kind {@code image_generation} or {@code image_edit}
     */
    public static String[] imageEvents(String kind, String usage) {
        return new String[] {
            imageEvent(kind, "partial_image", ",\"partial_image_index\":0"),
            imageEvent(kind, "completed", ",\"usage\":" + usage)
        };
    }

    private static String imageEvent(String kind, String event, String more) {
        return """
                event: %1$s.%2$s
                data: {"type":"%1$s.%2$s","b64_json":"aGk=","background":"opaque","created_at":1,"output_format":"png","quality":"low",\
                "size":"1024x1024"%3$s}""".formatted(kind, event, more);
    }

    public static String error(String message) {
        return "{\"error\":{\"message\":\"%s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"
                .formatted(message);
    }
}
