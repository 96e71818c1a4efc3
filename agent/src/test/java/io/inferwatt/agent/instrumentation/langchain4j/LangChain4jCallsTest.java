package io.inferwatt.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.inferwatt.AtOnceStreamingChatModel;
import dev.langchain4j.inferwatt.RemoteEmbeddingModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.inferwatt.core.call.InferenceCall;
import java.util.List;
import org.junit.jupiter.api.Test;

class LangChain4jCallsTest {

    /** Of a class of a provider or of the application: no error of ours, ten of which within a minute would turn the library off. */
    private static final TokenUsage THROWING = new TokenUsage() {
        @Override
        public Integer inputTokenCount() {
            throw new IllegalStateException("not counted");
        }
    };

    @Test
    void answerOfARemoteModel_thatThrowsWhenAsked_endsTheCall_andThrowsNothing() {
        UnwovenCalls.begin();
        RemoteEmbeddingModel model = new RemoteEmbeddingModel();
        Response<List<Object>> response = Response.from(List.of(), THROWING);
        EmbeddingResponse newer = EmbeddingResponse.builder()
                .embeddings(List.of())
                .tokenUsage(THROWING)
                .build();
        ChatResponse chat = ChatResponse.builder()
                .aiMessage(AiMessage.from("Hello"))
                .tokenUsage(THROWING)
                .build();

        LangChain4jCalls.finish(LangChain4jCalls.start(model, null), response, null);
        LangChain4jCalls.finish(LangChain4jCalls.start(model, null), newer, null);
        ChatCalls.answered(ChatCalls.chat(new AtOnceStreamingChatModel(), null), chat, null);
        ChatCalls.responded(ChatCalls.text(model), response, null);

        assertThat(UnwovenCalls.ended()).isEqualTo(4);
    }

    @Test
    void answerOfAModelInThisProcess_thatThrowsWhenAsked_endsTheCall_andThrowsNothing() {
        UnwovenCalls.begin();
        EmbeddingModel model = new EmbeddingModel() {
            @Override
            public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
                throw new UnsupportedOperationException();
            }

            @Override
            public String modelName() {
                return "own-encoder";
            }
        };
        Response<List<Object>> response = Response.from(List.of(), THROWING);
        EmbeddingResponse newer = EmbeddingResponse.builder()
                .embeddings(List.of())
                .tokenUsage(THROWING)
                .build();

        Object call = LangChain4jCalls.start(model, null);
        assertThat(call).isInstanceOf(InferenceCall.class);
        LangChain4jCalls.finish(call, response, null);
        LangChain4jCalls.finish(LangChain4jCalls.start(model, null), newer, null);

        assertThat(UnwovenCalls.ended()).isEqualTo(2);
    }
}
