package io.inferwatt.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.RemoteServer;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedHandlersTest {

    /** As the interface may be in a version to come. */
    interface LaterHandler extends StreamingChatResponseHandler {

        default String onNovelty(String novelty) throws IOException {
            return "not handled";
        }
    }

    private final List<String> told = new ArrayList<>();

    private final LaterHandler handler = new LaterHandler() {

        @Override
        public String onNovelty(String novelty) throws IOException {
            if (novelty.isEmpty()) {
                throw new IOException("nothing new");
            }
            told.add(novelty);
            return "handled";
        }

        @Override
        public void onPartialResponse(String text) {
            told.add(text);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            told.add(response.aiMessage().text());
        }

        @Override
        public void onError(Throwable error) {
            told.add(error.getMessage());
        }
    };

    /** On the thread of the test itself. */
    private static RemoteCall begin() {
        UnwovenCalls.begin();
        return RemoteCalls.of("langchain4j").start(RemoteServer.UNKNOWN, "m", RemoteCalls.CHAT, Work.TEXT, 1);
    }

    @Test
    void methodsOfVersionsToCome_arePassedOn_withWhatTheyReturnAndThrow() throws IOException {
        RemoteCall call = begin();
        HandlerWatch watch = new HandlerWatch();
        watch.begin(() -> call);
        assertThat(WatchedHandlers.knowsAll(StreamingChatResponseHandler.class)).isTrue();
        assertThat(WatchedHandlers.knowsAll(LaterHandler.class)).isFalse();

        LaterHandler watched = WatchedHandlers.proxy(LaterHandler.class, handler, watch);
        assertThat(watched.onNovelty("new")).isEqualTo("handled");
        assertThatThrownBy(() -> watched.onNovelty("")).isInstanceOf(IOException.class);
        watched.onPartialResponse("piece");
        assertThat(List.of(watched)).contains(watched);
        assertThat(watched).hasToString(handler.toString());
        assertThat(WatchedHandlers.callOf(watched)).isSameAs(call);
        assertThat(UnwovenCalls.ended()).isZero();

        watched.onCompleteResponse(
                ChatResponse.builder().aiMessage(AiMessage.from("all")).build());
        assertThat(told).containsExactly("new", "piece", "all");
        assertThat(UnwovenCalls.ended()).isOne();
    }

    @Test
    void handler_thatIsTold_hearsTheSame_andAnErrorEndsTheCall() {
        RemoteCall call = begin();
        StreamingChatResponseHandler watched = WatchedHandlers.of(handler, () -> call);
        watched.onPartialResponse("piece");
        watched.onError(new IllegalStateException("broken"));

        assertThat(told).containsExactly("piece", "broken");
        assertThat(UnwovenCalls.ended()).isOne();
        assertThat(WatchedHandlers.callOf(watched)).isSameAs(call);
        assertThat(WatchedHandlers.callOf(handler)).isNull();
    }
}
