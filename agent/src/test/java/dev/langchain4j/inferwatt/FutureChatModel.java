package dev.langchain4j.inferwatt;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.concurrent.CompletableFuture;

/** Stands for a client of version 1.23, which answers through futures as well. */
public final class FutureChatModel implements ChatModel {

    private final CompletableFuture<ChatResponse> answer;

    public FutureChatModel(CompletableFuture<ChatResponse> answer) {
        this.answer = answer;
    }

    public CompletableFuture<ChatResponse> doChatAsync(ChatRequest request) {
        return answer;
    }
}
