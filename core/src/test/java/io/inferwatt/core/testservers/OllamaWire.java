package io.inferwatt.core.testservers;

import io.inferwatt.core.testservers.WireServer.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Answers as an Ollama server gives them: JSON, and for streams a line of it for each piece. Counts below zero are left out, as
 * Ollama does for a prompt that it still knows.
 */
public final class OllamaWire {

    private OllamaWire() {}

    /** An answer to {@code /api/chat} in one go. */
    public static Reply chat(String model, String text, int prompt, int answer) {
        return Reply.json(chatLine(model, text, true, prompt, answer));
    }

    /** An answer to {@code /api/chat} that asks for a tool to be run. */
    public static Reply toolCall(String model, String tool, int prompt, int answer) {
        return Reply.json("""
                {"model":"%s","created_at":"2026-11-30T00:00:00Z","message":{"role":"assistant","content":"",\
                "tool_calls":[{"function":{"name":"%s","arguments":{}}}]},"done":true%s}\
                """.formatted(model, tool, end(true, prompt, answer)));
    }

    /** An answer to {@code /api/chat} in pieces. */
    public static Reply chatStream(String model, int prompt, int answer, String... texts) {
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            lines.add(chatLine(model, text, false, -1, -1));
        }
        lines.add(chatLine(model, "", true, prompt, answer));
        return Reply.lines(lines.toArray(String[]::new));
    }

    private static String chatLine(String model, String text, boolean done, int prompt, int answer) {
        return """
                {"model":"%s","created_at":"2026-11-30T00:00:00Z","message":{"role":"assistant","content":"%s"},"done":%s%s}\
                """.formatted(model, text, done, end(done, prompt, answer));
    }

    /** An answer to {@code /api/generate} in one go. */
    public static Reply generated(String model, String text, int prompt, int answer) {
        return Reply.json(generatedLine(model, text, true, prompt, answer));
    }

    /** An answer to {@code /api/generate} in pieces. */
    public static Reply generatedStream(String model, int prompt, int answer, String... texts) {
        List<String> lines = new ArrayList<>();
        for (String text : texts) {
            lines.add(generatedLine(model, text, false, -1, -1));
        }
        lines.add(generatedLine(model, "", true, prompt, answer));
        return Reply.lines(lines.toArray(String[]::new));
    }

    private static String generatedLine(String model, String text, boolean done, int prompt, int answer) {
        return """
                {"model":"%s","created_at":"2026-11-30T00:00:00Z","response":"%s","done":%s%s}\
                """.formatted(model, text, done, end(done, prompt, answer));
    }

    /** An answer to {@code /api/embed}: as many vectors as inputs. */
    public static Reply embedded(String model, int inputs, int prompt) {
        String vectors = String.join(",", Collections.nCopies(inputs, "[0.25,-0.5]"));
        return Reply.json("""
                {"model":"%s","embeddings":[%s],"total_duration":14143917,"load_duration":1019500%s}\
                """.formatted(model, vectors, counts(prompt, -1)));
    }

    /** An error instead of an answer. */
    public static Reply error(int status, String message) {
        return Reply.json(status, "{\"error\":\"%s\"}".formatted(message));
    }

    /** What only the last object tells; durations are in nanoseconds. */
    private static String end(boolean done, int prompt, int answer) {
        return done
                ? ",\"done_reason\":\"stop\",\"total_duration\":4883583458,\"load_duration\":1334875,"
                        + "\"prompt_eval_duration\":342546000,\"eval_duration\":4535599000" + counts(prompt, answer)
                : "";
    }

    private static String counts(int prompt, int answer) {
        return (prompt < 0 ? "" : ",\"prompt_eval_count\":" + prompt) + (answer < 0 ? "" : ",\"eval_count\":" + answer);
    }
}
