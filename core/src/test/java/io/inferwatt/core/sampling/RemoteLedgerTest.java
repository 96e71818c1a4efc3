package io.inferwatt.core.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.DetachedCall;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.remote.DeferredEstimates;
import io.inferwatt.core.footprint.remote.RemoteEstimate;
import io.inferwatt.core.footprint.remote.RemotePlace;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.MeterSnapshot.LocalServerTotals;
import io.inferwatt.core.report.RemoteTotals;
import io.inferwatt.core.report.RemoteTotals.Count;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteLedgerTest {

    private static final long NONE = TokenUsage.UNKNOWN;

    private final Calls calls = new Calls();
    private final DeferredEstimates estimates = new DeferredEstimates(InferwattConfig.Remote.DEFAULTS, problem -> {});
    private final List<String> advice = new ArrayList<>();
    private final LocalServers servers = LocalServersOf.noProc(calls);
    private final RemoteLedger ledger = new RemoteLedger(calls, estimates, servers, advice::add);
    private final CallDrain drain = new CallDrain();

    private static RemoteTarget target(String model, String host) {
        return new RemoteTarget("openai-java", "", host, "", model, Work.TEXT, "");
    }

    private int key(String model) {
        return calls.key(ModelKey.remote(model, "chat"));
    }

    private void call(RemoteTarget target, long input, long output, Outcome outcome) {
        InferenceCall call = calls.start("openai-java", key(target.model()), 1);
        call.asks(calls.target(target));
        call.firstToken(1);
        call.tokens(input, NONE, output, NONE);
        calls.finish(call, outcome);
        settle();
    }

    private void settle() {
        calls.drain(drain, System.nanoTime());
        for (int i = 0; i < drain.recordCount(); i++) {
            ledger.settle(drain.record(i, new CallRecord()));
        }
    }

    @Test
    void tables_areReadWhenTheFirstCallAsksAnotherMachine() {
        ledger.tick();
        assertThat(estimates.ifRead()).isNull();
        calls.target(target("gpt-4o", "api.openai.com"));
        ledger.tick();
        assertThat(estimates.ifRead()).isNotNull();
    }

    @Test
    void callsOfAKnownModel_areBookedWithTheirEstimate() {
        RemoteTarget gpt = target("gpt-4o", "api.openai.com");
        RemoteEstimate one =
                (RemoteEstimate) estimates.get().estimate(gpt, new TokenUsage(100, NONE, 50, NONE), 0, 1, false);
        call(gpt, 100, 50, Outcome.OK);
        assertThat(ledger.band().central())
                .isCloseTo(one.joules().central(), within(1e-9 * one.joules().central()));
        assertThat(ledger.joules())
                .isCloseTo(
                        one.joules().central() * one.dynamicPart(),
                        within(1e-9 * ledger.band().central()));
        call(gpt, 100, 50, Outcome.CANCELLED);

        RemoteTotals totals = ledger.totals(key("gpt-4o"));
        assertThat(totals.estimated()).isEqualTo(2);
        assertThat(totals.joules().high())
                .isCloseTo(
                        2 * one.joules().high(), within(1e-9 * totals.joules().high()));
        assertThat(ledger.places()).extracting(RemotePlace::provider).containsExactly("openai");
        assertThat(advice).isEmpty();
    }

    @Test
    void callsWithoutAFigure_areCountedByReason_andNeverAsZero() {
        calls.usageOption("openai-java", "set include_usage");
        RemoteTarget gpt = target("gpt-4o", "api.openai.com");
        call(gpt, NONE, NONE, Outcome.OK);
        call(gpt, NONE, NONE, Outcome.OK);
        assertThat(ledger.joules()).isNaN();
        call(gpt, NONE, NONE, Outcome.ERROR);
        call(target("a-model-of-nobody", "api.openai.com"), 7, 5, Outcome.OK);
        call(target("a-model-of-nobody", "api.openai.com"), 7, 5, Outcome.OK);

        RemoteTotals totals = ledger.totals(key("gpt-4o"));
        assertThat(totals.unestimated()).containsEntry(Unestimated.Reason.NO_USAGE, new Count(2, 0, 0));
        assertThat(totals.unestimated()).containsEntry(Unestimated.Reason.FAILED, new Count(1, 0, 0));
        assertThat(ledger.totals(key("a-model-of-nobody")).unestimated())
                .containsEntry(Unestimated.Reason.UNKNOWN_MODEL, new Count(2, 14, 10));
        assertThat(advice).hasSize(2);
        assertThat(advice.get(0)).contains("gpt-4o", "openai-java", "set include_usage");
        assertThat(advice.get(1)).contains("a-model-of-nobody", "remote.aliases", "remote.models");
    }

    @Test
    void modelsThatNobodyKnows_areNamedAFewTimesOnly() {
        for (int i = 0; i < 50; i++) {
            call(target("a-model-of-nobody-" + (char) ('a' + i), "api.openai.com"), 7, 5, Outcome.OK);
        }
        assertThat(advice).hasSizeBetween(1, 5);
    }

    @Test
    void streamThatWasGivenUpOrIsNone_advisesNothing() {
        calls.usageOption("openai-java", "set include_usage");
        call(target("gpt-4o", "api.openai.com"), NONE, NONE, Outcome.CANCELLED);
        InferenceCall whole = calls.start("openai-java", key("gpt-4o"), 1);
        whole.asks(calls.target(target("gpt-4o", "api.openai.com")));
        calls.finish(whole, Outcome.OK);
        settle();

        assertThat(ledger.totals(key("gpt-4o")).unestimated())
                .containsEntry(Unestimated.Reason.NO_USAGE, new Count(2, 0, 0));
        assertThat(advice).isEmpty();
    }

    @Test
    void requestWhosePartsAreRecordedApart_hasNoFigureOfItsOwn() {
        int rag = calls.key(ModelKey.of("rag"));
        InferenceCall method = calls.start("methods", rag, 1);
        DetachedCall stream = calls.detach(asked());
        calls.finish(method, Outcome.OK);
        calls.drain(drain, System.nanoTime());
        ledger.settle(drain.record(0, new CallRecord()));
        assertThat(ledger.whole()).isFalse();
        assertThat(ledger.joules()).isZero();
        assertThat(ledger.totals(rag).any()).isFalse();

        stream.tokens(100, NONE, 50, NONE);
        stream.finish(Outcome.OK);
        settle();
        assertThat(ledger.totals(rag).estimated()).isOne();
    }

    @Test
    void requestThatTookOneModelOver_andHasAnotherToldApart_isNotWhole() {
        InferenceCall method = calls.start("methods", calls.key(ModelKey.of("rag")), 1);
        for (String model : List.of("gpt-4o", "gpt-4o-mini")) {
            InferenceCall inside = calls.start("openai-java", key(model), 1);
            inside.asks(calls.target(target(model, "api.openai.com")));
            inside.tokens(100, NONE, 50, NONE);
            calls.finish(inside, Outcome.OK);
        }
        calls.finish(method, Outcome.OK);
        calls.drain(drain, System.nanoTime());
        assertThat(drain.recordCount()).isEqualTo(2);
        for (int i = 0; i < 2; i++) {
            ledger.settle(drain.record(i, new CallRecord()));
            assertThat(ledger.whole()).isFalse();
            assertThat(ledger.joules()).isPositive();
        }
    }

    private InferenceCall asked() {
        InferenceCall call = calls.start("openai-java", key("gpt-4o"), 1);
        call.asks(calls.target(target("gpt-4o", "api.openai.com")));
        return call;
    }

    @Test
    void callOfAServerHereThatCannotBeMetered_hasNoFigure_andIsNotEstimated() {
        calls.computeHere(host -> host.startsWith("localhost"));
        call(target("gpt-4o", "localhost:11434"), 100, 50, Outcome.OK);
        servers.look(drain);
        call(target("gpt-4o", "localhost:11434"), 100, 50, Outcome.OK);

        assertThat(ledger.joules()).isNaN();
        assertThat(servers.totals())
                .extracting(LocalServerTotals::unmeteredCalls)
                .containsExactly(1L);
        assertThat(ledger.totals(key("gpt-4o"))).isEqualTo(RemoteTotals.NONE);
        assertThat(ledger.totals(key("gpt-4o")).any()).isFalse();
    }

    @Test
    void callThatAsksNobody_costsNothingElsewhere() {
        InferenceCall call = calls.start("onnxruntime", calls.key(ModelKey.of("minilm")), 1);
        calls.finish(call, Outcome.OK);
        settle();

        assertThat(ledger.joules()).isZero();
        assertThat(ledger.band().central()).isZero();
        assertThat(ledger.places()).isEmpty();
    }
}
