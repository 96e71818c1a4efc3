package io.inferwatt.it.app;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import java.util.HashSet;
import java.util.Set;

/** Asks a remote model {@link MoodyQuestion}s by its maker's client. Safe from all threads. */
final class MoodyClient {

    private final OpenAIClient openai;
    private final Set<Thread> asking = new HashSet<>();

    MoodyClient(String port) {
        openai = OpenAIOkHttpClient.builder()
                .apiKey("none")
                .baseUrl("http://api.openai.com:" + port + "/v1")
                .maxRetries(0)
                .build();
    }

    /** Returns a number made of the answer, or of the kind of exception that came instead. */
    long ask(MoodyQuestion question) {
        begin();
        try {
            ChatCompletionCreateParams.Builder chat = ChatCompletionCreateParams.builder()
                    .model(MoodyQuestion.MODEL)
                    .addUserMessage(question.text());
            return (question.mood().isStreamed() ? read(chat) : whole(chat.build())).hashCode();
        } catch (OpenAIException failed) {
            return failed.getClass().getSimpleName().hashCode();
        } finally {
            end();
        }
    }

    /** Nobody interrupts a thread that asks: what a client makes of that depends on the moment. */
    private void begin() {
        synchronized (asking) {
            asking.add(Thread.currentThread());
            boolean unused = Thread.interrupted();
        }
    }

    private void end() {
        synchronized (asking) {
            asking.remove(Thread.currentThread());
        }
    }

    /** Interrupts a thread, unless it asks. */
    void interrupt(Thread thread) {
        synchronized (asking) {
            if (!asking.contains(thread)) {
                thread.interrupt();
            }
        }
    }

    private String whole(ChatCompletionCreateParams chat) {
        return openai.chat()
                .completions()
                .create(chat)
                .choices()
                .get(0)
                .message()
                .content()
                .orElse("");
    }

    private String read(ChatCompletionCreateParams.Builder chat) {
        StringBuilder text = new StringBuilder();
        try (StreamResponse<ChatCompletionChunk> answer = openai.chat()
                .completions()
                .createStreaming(chat.streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            answer.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .forEach(choice -> text.append(choice.delta().content().orElse("")));
        }
        return text.toString();
    }
}
