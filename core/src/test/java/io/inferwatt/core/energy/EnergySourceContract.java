package io.inferwatt.core.energy;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.energy.EnergySource.Discovery;
import io.inferwatt.core.energy.Machines.SettableClock;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every energy source keeps. A test of a source extends it and brings a machine that the source can meter. */
public abstract class EnergySourceContract {

    private static final long SECOND = 1_000_000_000L;

    @TempDir
    protected Path root;

    protected final SettableClock clock = new SettableClock();

    protected abstract EnergySource source();

    /** Returns a machine with at least one domain that the source can meter, below {@link #root}. */
    protected abstract SourceContext meterable() throws Exception;

    /** Lets that machine draw this much in each of its domains, as near as the source's own registers can say it. */
    protected abstract void draw(SourceContext context, double joules, long nanos) throws Exception;

    /** Returns whether the source finds something even on a machine without any meter. */
    protected abstract boolean worksOnEveryMachine();

    @Test
    void theSourceIsFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(EnergySource.class).stream().map(ServiceLoader.Provider::type))
                .anyMatch(type -> type.equals(source().getClass()));
    }

    @Test
    void theIdIsOneLowerCaseWordAndTheRankIsPositive() {
        assertThat(source().id()).matches("[a-z][a-z0-9-]*").isNotEqualTo("auto");
        assertThat(source().rank()).isPositive();
    }

    @Test
    void discover_machineWithoutAnyMeter_neverThrowsAndSaysSomething() {
        SourceContext bare = Machines.context(root.resolve("nowhere"), clock);

        Discovery discovery = source().discover(bare);

        assertThat(discovery.counters().isEmpty()).isNotEqualTo(worksOnEveryMachine());
        assertThat(discovery.findings())
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.line())
                        .startsWith(source().id() + ": ")
                        .doesNotContain("\n"));
        close(discovery);
    }

    @Test
    void discover_machineWithMeters_yieldsOneDescribedCounterADomain() throws Exception {
        Discovery discovery = source().discover(meterable());

        assertThat(discovery.counters()).isNotEmpty();
        Set<Domain> domains = new HashSet<>();
        for (EnergyCounter counter : discovery.counters()) {
            assertThat(domains.add(counter.domain())).isTrue();
            assertThat(counter.source()).isNotBlank();
            assertThat(counter.relativeUncertainty()).isGreaterThan(0).isLessThan(1);
            assertThat(counter.errorBand().lowRatio()).isBetween(0.0, 1.0);
            assertThat(counter.errorBand().highRatio()).isBetween(1.0, 4.0);
            assertThat(counter.flags()).doesNotContainNull();
            assertThat(counter.device()).doesNotContain("\n");
            assertThat(counter.otherWorkSeconds()).isNotNegative();
            assertThat(counter.idleWatts()).matches(watts -> Double.isNaN(watts) || watts >= 0);
            assertThat(counter.health()).isEqualTo(CounterHealth.GOOD);
        }
        assertThat(discovery.findings()).isNotEmpty();
        close(discovery);
    }

    @Test
    void advance_firstTime_isUnknownThenTellsTheEnergyDrawn() throws Exception {
        SourceContext context = meterable();
        Discovery discovery = source().discover(context);
        long now = -5 * SECOND;
        for (EnergyCounter counter : discovery.counters()) {
            assertThat(counter.advance(now)).isEqualTo(EnergyCounter.UNKNOWN);
        }
        for (int i = 0; i < 5; i++) {
            now += SECOND;
            draw(context, 20, SECOND);
            for (EnergyCounter counter : discovery.counters()) {
                assertThat(counter.advance(now)).isPositive();
            }
        }
        close(discovery);
    }

    @Test
    void advance_sameInstantAgain_addsNothing() throws Exception {
        SourceContext context = meterable();
        Discovery discovery = source().discover(context);
        for (EnergyCounter counter : discovery.counters()) {
            counter.advance(0);
        }
        draw(context, 20, SECOND);
        for (EnergyCounter counter : discovery.counters()) {
            counter.advance(SECOND);
            assertThat(counter.advance(SECOND)).isZero();
        }
        close(discovery);
    }

    @Test
    void discover_whileEarlierCountersAreInUse_leavesThemUndisturbed() throws Exception {
        SourceContext context = meterable();
        Discovery earlier = source().discover(context);
        for (EnergyCounter counter : earlier.counters()) {
            counter.advance(0);
        }
        close(source().discover(context));
        draw(context, 20, SECOND);
        for (EnergyCounter counter : earlier.counters()) {
            assertThat(counter.advance(SECOND)).isPositive();
        }
        close(earlier);
    }

    @Test
    void close_twice_isHarmless() throws Exception {
        Discovery discovery = source().discover(meterable());
        close(discovery);
        close(discovery);

        assertThat(discovery.counters()).isNotEmpty();
    }

    private static void close(Discovery discovery) {
        List<EnergyCounter> counters = discovery.counters();
        counters.forEach(EnergyCounter::close);
    }
}
