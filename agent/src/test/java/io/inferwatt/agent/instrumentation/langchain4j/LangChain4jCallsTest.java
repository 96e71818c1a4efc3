package io.inferwatt.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.inferwatt.RemoteEmbeddingModel;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import io.inferwatt.agent.instrumentation.RemoteCall;
import java.util.List;
import org.junit.jupiter.api.Test;

class LangChain4jCallsTest {

    @Test
    void finish_ofAnAnswerThatThrowsWhenAsked_endsTheCallNevertheless() {
        UnwovenCalls.begin();
        TokenUsage throwing = new TokenUsage() {
            @Override
            public Integer inputTokenCount() {
                throw new IllegalStateException("not counted");
            }
        };
        RemoteEmbeddingModel model = new RemoteEmbeddingModel();
        Response<List<Object>> response = Response.from(List.of(), throwing);
        EmbeddingResponse newer = EmbeddingResponse.builder()
                .embeddings(List.of())
                .tokenUsage(throwing)
                .build();

        RemoteCall call = (RemoteCall) LangChain4jCalls.start(model, null);
        assertThatThrownBy(() -> LangChain4jCalls.finish(call, response, null)).hasMessage("not counted");
        RemoteCall next = (RemoteCall) LangChain4jCalls.start(model, null);
        assertThatThrownBy(() -> LangChain4jCalls.finish(next, newer, null)).hasMessage("not counted");

        assertThat(UnwovenCalls.ended()).isEqualTo(2);
    }
}
