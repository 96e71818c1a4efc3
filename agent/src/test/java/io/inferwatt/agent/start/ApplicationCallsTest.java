package io.inferwatt.agent.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ApplicationCallsTest {

    private final Calls calls = new Calls();
    private final SuppressedErrors errors = new SuppressedErrors();
    private final ApplicationCalls application = application();
    private final CallDrain drain = new CallDrain();

    private ApplicationCalls application() {
        LibraryCalls.recordIn(calls);
        return new ApplicationCalls(errors);
    }

    private int ended(String model, Outcome outcome) {
        calls.drain(drain, System.nanoTime());
        return (int) drain.ended(calls.key(ModelKey.of(model)), outcome);
    }

    @Test
    void call_endsOnce_withItsRowsAndRequests() {
        Consumer<Throwable> end = application.apply("scorer", new long[] {8, 4});
        end.accept(null);
        end.accept(new IllegalStateException("too late"));

        assertThat(ended("scorer", Outcome.OK)).isEqualTo(4);
        assertThat(ended("scorer", Outcome.ERROR)).isZero();
        assertThat(drain.unitsEnded(calls.key(ModelKey.of("scorer")))).isEqualTo(8);
    }

    @Test
    void call_thatAnotherThreadEnds_doesNotSwallowTheNextOnes() throws Exception {
        Consumer<Throwable> end = application.apply("scorer", null);
        Thread other = new Thread(() -> end.accept(new IllegalStateException()));
        other.start();
        other.join();
        end.accept(null);
        for (int i = 0; i < 3; i++) {
            application.apply("scorer", null).accept(null);
        }

        assertThat(ended("scorer", Outcome.ERROR)).isOne();
        assertThat(ended("scorer", Outcome.OK)).isEqualTo(3);
        assertThat(drain.inFlight(calls.key(ModelKey.of("scorer")))).isZero();
    }

    @Test
    void partOfAnotherCall_thatAnotherThreadEnds_leavesThatAlone() throws Exception {
        Consumer<Throwable> outer = application.apply("outer", null);
        Consumer<Throwable> inner = application.apply("inner", null);
        Thread other = new Thread(() -> inner.accept(null));
        other.start();
        other.join();
        assertThat(ended("outer", Outcome.OK)).isZero();
        outer.accept(null);

        assertThat(ended("outer", Outcome.OK)).isOne();
        assertThat(errors.total()).isZero();
    }

    @Test
    void call_whoseBudgetIsUsedUp_isRejectedWithATypeOfTheJdk_andNothingInsideACallIs() {
        Consumer<Throwable> accepted = application.apply("outer", null);
        calls.admitBy((key, tenants) -> "used up: " + key.model());

        application.apply("inner", null).accept(null);
        accepted.accept(null);
        assertThatThrownBy(() -> application.apply("scorer", null))
                .isExactlyInstanceOf(RejectedExecutionException.class)
                .hasMessage("used up: scorer");

        assertThat(ended("outer", Outcome.OK)).isOne();
        assertThat(drain.begun(calls.key(ModelKey.of("scorer")))).isZero();
        assertThat(errors.total()).isZero();
    }

    @Test
    void names_areLabelsOfOneShortLine() {
        application.apply("  two\nlines ", null).accept(null);
        application.apply("x".repeat(5_000), null).accept(null);
        application.apply(" ", null).accept(null);
        application.apply(null, null).accept(null);

        assertThat(ended("two lines", Outcome.OK)).isOne();
        assertThat(ended("x".repeat(100), Outcome.OK)).isOne();
        assertThat(ended(LibraryCalls.UNNAMED, Outcome.OK)).isEqualTo(2);
    }

    @Test
    void endThatComesLate_leavesTheNextCallOfTheThreadAlone() {
        Consumer<Throwable> outer = application.apply("outer", null);
        Consumer<Throwable> forgotten = application.apply("inner", null);
        outer.accept(null);
        Consumer<Throwable> next = application.apply("next", null);
        forgotten.accept(null);
        assertThat(ended("next", Outcome.OK)).isZero();
        next.accept(null);

        assertThat(ended("outer", Outcome.OK)).isOne();
        assertThat(ended("next", Outcome.OK)).isOne();
    }
}
