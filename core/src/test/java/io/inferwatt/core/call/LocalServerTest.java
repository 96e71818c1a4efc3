package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalServerTest {

    private final Calls calls = new Calls();
    private final int outer = calls.key(ModelKey.of("outer"));
    private final int inner = calls.key(ModelKey.of("inner"));
    private int ollama;
    private int ollamaOtherModel;
    private int elsewhere;

    @BeforeEach
    void targets() {
        calls.computeHere(host -> host.startsWith("localhost"));
        ollama = target("localhost:11434", "llama3");
        ollamaOtherModel = target("localhost:11434", "qwen");
        elsewhere = target("api.openai.com", "gpt");
    }

    private int target(String host, String model) {
        return calls.target(new RemoteTarget("ollama4j", "", host, "", model, Work.TEXT, ""));
    }

    private LocalServer server() {
        assertThat(calls.targets().localServers()).hasSize(1);
        return calls.targets().localServers().get(0);
    }

    @Test
    void targetsOfOneAddress_areOneServer_andOthersAreNone() {
        assertThat(server().host()).isEqualTo("localhost:11434");
        target("localhost:8000", "mistral");
        assertThat(calls.targets().localServers())
                .extracting(LocalServer::host)
                .containsExactly("localhost:11434", "localhost:8000");
    }

    @Test
    void call_countsOnce_howeverOftenItTellsWhatItAsks() {
        InferenceCall call = calls.start("client", outer, 1);
        call.asks(elsewhere);
        assertThat(server().timesAsked(outer)).isZero();
        call.asks(ollama);
        call.asks(ollama);
        call.asks(ollamaOtherModel);
        assertThat(server().timesAsked(outer)).isEqualTo(1);
        calls.finish(call, Outcome.OK);
        InferenceCall next = calls.start("client", outer, 1);
        next.asks(ollama);
        calls.finish(next, Outcome.OK);
        assertThat(server().timesAsked(outer)).isEqualTo(2);
    }

    @Test
    void callInsideAnother_asksForTheOutermost() {
        InferenceCall root = calls.start("framework", outer, 1);
        InferenceCall part = calls.start("client", inner, 1);
        part.asks(ollama);
        assertThat(server().timesAsked(outer)).isEqualTo(1);
        assertThat(server().timesAsked(inner)).isZero();
        calls.finish(part, Outcome.OK);
        calls.finish(root, Outcome.OK);
        assertThat(server().timesAsked(outer)).as("taken over, not asked again").isEqualTo(1);
    }

    @Test
    void callThatIsRebookedWhileAPartAsks_asksUnderBothKeys() {
        InferenceCall root = calls.start("framework", outer, 1);
        InferenceCall part = calls.start("client", inner, 1);
        part.asks(ollama);
        calls.rebook(root, inner);
        assertThat(server().timesAsked(inner)).isEqualTo(1);
        calls.finish(part, Outcome.OK);
        calls.finish(root, Outcome.OK);
    }

    @Test
    void callThatLeftItsThread_asksUnderItsOwnKey_alsoAfterItIsRebooked() {
        InferenceCall call = calls.start("client", outer, 1);
        DetachedCall detached = Objects.requireNonNull(calls.detach(call));
        InferenceCall other = calls.start("client", inner, 1); // in the instance of the first one
        detached.asks(ollama);
        assertThat(server().timesAsked(outer)).isEqualTo(1);
        assertThat(server().timesAsked(inner)).isZero();
        detached.rebook(inner);
        assertThat(server().timesAsked(inner)).isEqualTo(1);
        detached.finish(Outcome.OK);
        calls.finish(other, Outcome.OK);
    }

    @Test
    void callThatOthersWorkFor_countsOnce() {
        InferenceCall call = calls.start("client", outer, 1);
        calls.lend(call);
        call.asks(ollama);
        calls.finish(call, Outcome.OK);
        assertThat(server().timesAsked(outer)).isEqualTo(1);
    }

    @Test
    void targetsFromBeforeTheHostsWereTold_areLookedAtAgain() {
        calls.computeHere(host -> host.equals("api.openai.com"));
        InferenceCall call = calls.start("client", outer, 1);
        call.asks(ollama);
        call.asks(elsewhere);
        calls.finish(call, Outcome.OK);
        assertThat(calls.targets().localServers())
                .filteredOn(server -> server.timesAsked(outer) > 0)
                .extracting(LocalServer::host)
                .containsExactly("api.openai.com");
    }
}
