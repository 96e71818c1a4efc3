package io.inferwatt.exporters.application;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

/** The bookkeeping alone; with real registries behind it is tested in the agent. */
class ForwardingRegistryTest {

    private final ForwardingRegistry meters = new ForwardingRegistry();

    /** Takes note of all that is asked of it. */
    private static class Noting implements ForeignMeters {

        final List<String> notes = new ArrayList<>();
        boolean gone;

        @Override
        public boolean isGone() {
            return gone;
        }

        @Override
        public Object gauge(Description of, DoubleSupplier value) {
            return noted("gauge " + of.name() + " " + of.unit() + " " + of.tags() + " " + value.getAsDouble());
        }

        @Override
        public Object counter(Description of, DoubleSupplier value) {
            return noted("counter " + of.name() + " " + of.help() + " " + value.getAsDouble());
        }

        @Override
        public Object summary(Description of, double[] bounds) {
            return noted("summary " + of.name() + " " + bounds.length);
        }

        @Override
        public Object timer(Description of) {
            return noted("timer " + of.name());
        }

        @Override
        public void record(Object summary, double amount) {
            noted("record " + summary + " " + amount);
        }

        @Override
        public void recordNanos(Object timer, long nanos) {
            noted("record " + timer + " " + nanos);
        }

        @Override
        public void remove(Object meter) {
            noted("remove " + meter);
        }

        private String noted(String note) {
            notes.add(note);
            return note;
        }
    }

    @Test
    void eachTarget_getsEachMeterOnceWhicheverCameFirst() {
        Noting early = new Noting();
        Noting late = new Noting();
        meters.add(early);
        Gauge gauge = Gauge.builder("power", () -> 3)
                .baseUnit("watts")
                .tag("component", "cpu")
                .register(meters);
        AtomicInteger joules = new AtomicInteger(5);
        FunctionCounter.builder("energy", joules, AtomicInteger::get)
                .description("Joules.")
                .register(meters);
        meters.add(late);
        DistributionSummary.builder("request")
                .serviceLevelObjectives(1, 2)
                .register(meters)
                .record(4);
        Timer.builder("duration").register(meters).record(2, TimeUnit.MICROSECONDS);
        meters.forward();
        meters.remove(gauge);
        meters.forward();

        assertThat(early.notes)
                .containsExactlyElementsOf(late.notes)
                .containsExactly(
                        "gauge power watts [component, cpu] 3.0",
                        "counter energy Joules. 5.0",
                        "summary request 2",
                        "timer duration",
                        "record summary request 2 4.0",
                        "record timer duration 2000",
                        "remove gauge power watts [component, cpu] 3.0");
        assertThat(meters.failures()).isZero();
    }

    @Test
    void targetThatThrows_isCountedAndHarmsNobody() {
        Noting good = new Noting();
        meters.add(new Noting() {
            @Override
            public Object gauge(Description of, DoubleSupplier value) {
                throw new IllegalStateException("full");
            }

            @Override
            public void record(Object summary, double amount) {
                throw new NoClassDefFoundError("gone");
            }
        });
        meters.add(good);
        Gauge.builder("power", () -> 3).register(meters);
        DistributionSummary.builder("request").register(meters).record(4);
        meters.forward();

        assertThat(good.notes).hasSize(3).endsWith("record summary request 0 4.0");
        assertThat(meters.failures()).isEqualTo(2);
    }

    @Test
    void targetThatIsGone_hearsNothingMore() {
        Noting target = new Noting();
        meters.add(target);
        DistributionSummary summary = DistributionSummary.builder("request").register(meters);
        meters.forward();
        target.gone = true;
        meters.removeGone();
        summary.record(4);
        Gauge.builder("power", () -> 3).register(meters);
        meters.forward();

        assertThat(target.notes).containsExactly("summary request 0");
    }

    @Test
    void meterOfAnotherKind_staysHere() {
        Noting target = new Noting();
        meters.add(target);
        Counter counter = Counter.builder("plain").register(meters);
        counter.increment();
        meters.forward();
        assertThat(target.notes).isEmpty();
        assertThat(counter.count()).isEqualTo(1);
    }

    /** What records is the thread that samples: it must not wait for a registry of the application. */
    @Test
    void nothingReachesATargetButByForwarding_andWhatCannotWaitIsCounted() {
        Noting target = new Noting();
        meters.add(target);
        DistributionSummary summary = DistributionSummary.builder("request").register(meters);
        for (int i = 0; i < ForwardingRegistry.MOST_WAITING + 3; i++) {
            summary.record(1);
        }
        assertThat(target.notes).isEmpty();
        assertThat(meters.failures()).isEqualTo(3);
        meters.forward();
        assertThat(target.notes).hasSize(1 + ForwardingRegistry.MOST_WAITING);
        assertThat(summary.count()).isEqualTo(ForwardingRegistry.MOST_WAITING + 3);
    }
}
