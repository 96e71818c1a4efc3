package io.inferwatt.core.attribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.CallRecords;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.AttributionMethod;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.Quality;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A call that waits for another machine draws here what its processor time draws, and nothing of the devices. */
class RemoteModelsTest {

    private static final long TICK = 50_000_000;
    private static final double SECONDS = 0.05;
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int TICKS = 400;

    private final TickFeatures tick = new TickFeatures();
    private final Random random = new Random(1);
    private double remoteSeconds;

    /** In three of four ticks the local model works for 40 ms, the remote one waits throughout and uses up to 4 ms a tick. */
    private Attribution attributed(AttributionMethod method, Domain domain, double watts) {
        Attribution attribution = new Attribution(method, any -> Double.NaN, 600_000_000_000L);
        attribution.start(0);
        DomainAccount account = attribution.account(domain, "counter", Quality.MEASURED);
        for (int i = 1; i <= TICKS; i++) {
            boolean busy = i % 4 != 0;
            tick.nanos = i * TICK;
            tick.seconds = SECONDS;
            tick.keys = 3;
            tick.remote[REMOTE] = true;
            tick.cpuSeconds[LOCAL] = busy ? 0.04 : 0;
            tick.cpuSeconds[REMOTE] = random.nextDouble() * 0.004;
            remoteSeconds += tick.cpuSeconds[REMOTE];
            tick.inFlightSeconds[LOCAL] = busy ? SECONDS : 0;
            tick.unitSeconds[LOCAL] = tick.inFlightSeconds[LOCAL];
            tick.remoteSeconds[REMOTE] = 7 * SECONDS;
            attribution.begin(tick, 0);
            double dynamic = domain.component() == Component.GPU
                    ? watts * tick.inFlightSeconds[LOCAL]
                    : watts * (tick.cpuSeconds[LOCAL] + tick.cpuSeconds[REMOTE]);
            attribution.book(account, Math.round((dynamic + 10 * SECONDS) * 1e6), 10, tick);
            attribution.end(tick);
        }
        return attribution;
    }

    private static double joules(Attribution attribution, int key, Component component) {
        return attribution.model(key).joules(component, Quality.MEASURED);
    }

    @ParameterizedTest
    @EnumSource
    void remoteModel_isBilledByProcessorTime(AttributionMethod method) {
        Attribution attribution = attributed(method, Domain.CPU, 20);

        double local = joules(attribution, LOCAL, Component.CPU);
        double remote = joules(attribution, REMOTE, Component.CPU);
        assertThat(local).isCloseTo(20 * 0.04 * TICKS * 3 / 4, within(0.1 * local));
        assertThat(remote).isCloseTo(20 * remoteSeconds, within(0.1 * remote));
    }

    @ParameterizedTest
    @EnumSource
    void remoteModel_takesNothingOfADevice(AttributionMethod method) {
        Attribution attribution = attributed(method, new Domain(Component.GPU, "gpu:0"), 200);

        assertThat(joules(attribution, REMOTE, Component.GPU)).isZero();
        assertThat(joules(attribution, LOCAL, Component.GPU))
                .isCloseTo(200 * SECONDS * TICKS * 3 / 4, within(0.05 * 200 * SECONDS * TICKS));
    }

    /** What the processor used for remote calls is spread over them by their time in flight. */
    @ParameterizedTest
    @EnumSource
    void remoteCall_settlesWithItsPart(AttributionMethod method) {
        Attribution attribution = attributed(method, Domain.CPU, 20);
        CallEnergy energy = new CallEnergy();
        CallRecord half = CallRecords.of(REMOTE, Outcome.OK, 0, TICKS * TICK / 2, 1);

        attribution.settle(half, energy);

        double all = joules(attribution, REMOTE, Component.CPU);
        assertThat(energy.joules()).isCloseTo(all / 2 / 7, within(0.1 * all / 2 / 7));
    }
}
