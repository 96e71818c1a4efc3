package io.inferwatt.agent.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.RemoteServer;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Futures of raw responses, as the library has them and as the application gets them. */
class RawResponsesTest {

    private final Calls calls = new Calls();
    private final CompletableFuture<Object> library = new CompletableFuture<>();
    private final CompletableFuture<?> application = RawResponses.watch(library, begin(), false);

    private OpenAiCall begin() {
        LibraryCalls.recordIn(calls);
        RemoteCall call = RemoteCalls.of("openai-java")
                .start(RemoteServer.UNKNOWN, "gpt-4o-mini", RemoteCalls.CHAT, Work.TEXT, 1);
        call.detach();
        return new OpenAiCall(call, ChatCompletions.ENDPOINT);
    }

    private Outcome ended() {
        CallDrain drain = new CallDrain();
        calls.drain(drain, System.nanoTime());
        assertThat(drain.recordCount()).isOne();
        return drain.record(0, new CallRecord()).outcome();
    }

    @Test
    void applicationThatCancelsItsFuture_cancelsTheLibrarys_asWithoutTheAgent() {
        application.cancel(true);

        assertThat(library).isCancelled();
        assertThat(ended()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void responseThatIsNone_isAnAnswer_andNoFailureOfTheApplications() {
        library.complete(null);

        assertThat(application).isCompletedWithValue(null);
        assertThat(ended()).isEqualTo(Outcome.OK);
    }

    @Test
    void failure_looksAsItDoesInTheLibrarys() {
        IllegalStateException failure = new IllegalStateException("no such thing");
        library.completeExceptionally(failure);

        assertThat(application).isCompletedExceptionally();
        assertThat(application.handle((response, error) -> error).join()).isSameAs(failure);
        assertThat(ended()).isEqualTo(Outcome.ERROR);
    }
}
