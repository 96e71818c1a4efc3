package dev.langchain4j.inferwatt;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.TokenUsage;

/** Stands for a client that tells its handler everything on the calling thread. */
public final class AtOnceStreamingChatModel implements StreamingChatModel {

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        handler.onPartialResponse("Hello");
        handler.onCompleteResponse(ChatResponse.builder()
                .aiMessage(AiMessage.from("Hello"))
                .modelName("at-once-1")
                .tokenUsage(new TokenUsage(7, 3))
                .build());
    }
}
