package io.inferwatt.core.testservers;

import io.inferwatt.core.testservers.WireServer.Reply;
import java.util.ArrayList;
import java.util.List;

/** What a server with OpenAI's protocol answers to frameworks: whole replies, always with the same text. */
public final class OpenAiChatWire {

    /** What the model says, in two pieces where it is streamed. */
    public static final String TEXT = "Hello there";

    private OpenAiChatWire() {}

    /** Cached tokens are among those of the prompt, those of reasoning among those of the completion. */
    public static String usage(int prompt, int cached, int completion, int reasoning) {
        return """
                {"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d,\
                "prompt_tokens_details":{"cached_tokens":%d},"completion_tokens_details":{"reasoning_tokens":%d}}""".formatted(prompt, completion, prompt + completion, cached, reasoning);
    }

    /** @param usage as JSON, {@code null} for none */
    public static Reply chat(String model, String usage) {
        return Reply.json("""
                {"id":"c1","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,"finish_reason":"stop",\
                "logprobs":null,"message":{"role":"assistant","content":"%s","refusal":null}}],"usage":%s}""".formatted(model, TEXT, usage));
    }

    /** Four events with usage, three without, and the end. */
    public static Reply streamedChat(String model, String usage) {
        List<String> events = new ArrayList<>();
        events.add(chunk(model, "[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"Hello\"}}]", "null"));
        events.add(chunk(model, "[{\"index\":0,\"delta\":{\"content\":\" there\"}}]", "null"));
        events.add(chunk(model, "[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]", "null"));
        if (!usage.equals("null")) {
            events.add(chunk(model, "[]", usage));
        }
        events.add("data: [DONE]");
        return Reply.events(events.toArray(new String[0]));
    }

    private static String chunk(String model, String choices, String usage) {
        return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"" + model
                + "\",\"choices\":" + choices + ",\"usage\":" + usage + "}";
    }

    public static Reply embeddings(String model, int inputs, int tokens) {
        List<String> data = new ArrayList<>();
        for (int i = 0; i < inputs; i++) {
            data.add("{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":[0.5,0.25]}");
        }
        return Reply.json("{\"object\":\"list\",\"model\":\"" + model + "\",\"data\":[" + String.join(",", data)
                + "],\"usage\":{\"prompt_tokens\":" + tokens + ",\"total_tokens\":" + tokens + "}}");
    }

    public static Reply images(int images) {
        List<String> data = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            data.add("{\"url\":\"http://127.0.0.1/" + i + ".png\"}");
        }
        return Reply.json("{\"created\":1,\"data\":[" + String.join(",", data) + "]}");
    }

    public static Reply completion(String model, int prompt, int completion) {
        return Reply.json("""
                {"id":"t1","object":"text_completion","created":1,"model":"%s","choices":[{"index":0,"text":"%s",\
                "finish_reason":"stop"}],"usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}}""".formatted(model, TEXT, prompt, completion, prompt + completion));
    }

    public static Reply error(int status) {
        return Reply.json(status, "{\"error\":{\"message\":\"status " + status + "\",\"type\":\"server_error\"}}");
    }
}
