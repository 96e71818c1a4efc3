package io.inferwatt.it.app;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks models of several makers through LangChain4j, over the JDK's HTTP client, with clients that try twice. */
public final class LangChainAsker {

    private static final String KEY = "none";

    private final ChatModel chat;
    private final StreamingChatModel streaming;
    private final EmbeddingModel embedding;
    private final ChatModel claude;
    private final ChatModel gemini;
    private final ChatModel ollama;

    private LangChainAsker(String port) {
        String openai = "http://api.openai.com:" + port + "/v1";
        chat = OpenAiChatModel.builder()
                .baseUrl(openai)
                .apiKey(KEY)
                .modelName("gpt-4o")
                .maxRetries(1)
                .build();
        streaming = OpenAiStreamingChatModel.builder()
                .baseUrl(openai)
                .apiKey(KEY)
                .modelName("gpt-4o")
                .build();
        embedding = OpenAiEmbeddingModel.builder()
                .baseUrl(openai)
                .apiKey(KEY)
                .modelName("text-embedding-3-small")
                .maxRetries(0)
                .build();
        claude = AnthropicChatModel.builder()
                .baseUrl("http://api.anthropic.com:" + port + "/v1")
                .apiKey(KEY)
                .modelName("claude-3-5-haiku-20241022")
                .maxRetries(0)
                .build();
        gemini = GoogleAiGeminiChatModel.builder()
                .baseUrl("http://generativelanguage.googleapis.com:" + port)
                .apiKey(KEY)
                .modelName("gemini-2.5-flash")
                .maxRetries(0)
                .build();
        ollama = OllamaChatModel.builder()
                .baseUrl("http://ollama.lab.example:" + port)
                .modelName("llama3.3:70b")
                .maxRetries(0)
                .build();
    }

    public static void main(String[] arguments) {
        Questions.askAll(new LangChainAsker(arguments[0])::ask);
    }

    private void ask(String what) throws Exception {
        switch (what) {
            case "chat" -> chat.chat("a question");
            case "stream" -> stream();
            case "embed" -> embedding.embedAll(List.of(TextSegment.from("a"), TextSegment.from("b")));
            case "claude" -> claude.chat("a question");
            case "gemini" -> gemini.chat("a question");
            case "ollama" -> ollama.chat("a question");
            default -> throw new IllegalArgumentException(what);
        }
    }

    private void stream() throws Exception {
        CompletableFuture<ChatResponse> end = new CompletableFuture<>();
        streaming.chat("a question", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String text) {
                // It is the end that is waited for.
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                end.completeExceptionally(error);
            }
        });
        end.get(60, TimeUnit.SECONDS);
    }
}
