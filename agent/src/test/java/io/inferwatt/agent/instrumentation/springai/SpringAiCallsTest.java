package io.inferwatt.agent.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.metadata.ChatResponseMetadata;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import org.springframework.ai.inferwatt.LayeredChatModel;
import org.springframework.ai.inferwatt.RemoteEmbeddingModel;

class SpringAiCallsTest {

    /** Of a class of a provider or of the application: no error of ours, ten of which within a minute would turn the library off. */
    private static final DefaultUsage THROWING = new DefaultUsage(1, 0) {
        @Override
        public Integer getPromptTokens() {
            throw new IllegalStateException("not counted");
        }
    };

    private static final Calls CALLS = new Calls();

    @BeforeAll
    static void recordHere() {
        LibraryCalls.recordIn(CALLS);
    }

    private static int ended() {
        CallDrain drain = new CallDrain();
        CALLS.drain(drain, System.nanoTime());
        return drain.recordCount();
    }

    @Test
    void answerOfAnEmbeddingModel_thatThrowsWhenAsked_endsTheCall_andThrowsNothing() {
        EmbeddingResponseMetadata metadata = new EmbeddingResponseMetadata();
        metadata.setUsage(THROWING);
        EmbeddingResponse response = new EmbeddingResponse(List.of(), metadata);
        Object inThisProcess = new Object();
        RemoteEmbeddingModel remote = new RemoteEmbeddingModel("");

        Object call = SpringAiCalls.start(inThisProcess, null);
        assertThat(call).isInstanceOf(InferenceCall.class);
        SpringAiCalls.finish(call, inThisProcess, null, response, null);
        assertThat(ended()).isOne();

        call = SpringAiCalls.start(remote, null);
        assertThat(call).isInstanceOf(RemoteCall.class);
        SpringAiCalls.finish(call, remote, null, response, null);
        assertThat(ended()).isOne();
    }

    @Test
    void answerOfAChatModel_thatThrowsWhenAsked_endsTheCall_andThrowsNothing() {
        LayeredChatModel model = new LayeredChatModel(1);
        ChatResponse response = new ChatResponse(
                List.of(), ChatResponseMetadata.builder().usage(THROWING).build());

        ChatCalls.answered(ChatCalls.call(model, null), model, response, null);

        assertThat(ended()).isOne();
    }
}
