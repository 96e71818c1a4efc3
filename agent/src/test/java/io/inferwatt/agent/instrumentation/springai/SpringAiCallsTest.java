package io.inferwatt.agent.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

class SpringAiCallsTest {

    @Test
    void finish_ofAnAnswerThatThrowsWhenAsked_endsTheCallNevertheless() {
        Calls calls = new Calls();
        LibraryCalls.recordIn(calls);
        Object model = new Object();
        InferenceCall call = (InferenceCall) SpringAiCalls.start(model, null);
        EmbeddingResponseMetadata metadata = new EmbeddingResponseMetadata();
        metadata.setUsage(new DefaultUsage(1, 0) {
            @Override
            public Integer getPromptTokens() {
                throw new IllegalStateException("not counted");
            }
        });
        EmbeddingResponse response = new EmbeddingResponse(List.of(), metadata);

        assertThatThrownBy(() -> SpringAiCalls.finish(call, model, null, response, null))
                .hasMessage("not counted");

        CallDrain drain = new CallDrain();
        calls.drain(drain, System.nanoTime());
        assertThat(drain.inFlight(call.key())).isZero();
        assertThat(drain.recordCount()).isOne();
    }
}
