package io.inferwatt.core.energy.modelled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergySource.Discovery;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.Machines.SettableClock;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostFacts;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelAssumptionsTest {

    private static final String NAMED = "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz";
    private static final String ANONYMOUS = "Intel Xeon Processor (Skylake, IBRS)";

    @TempDir
    Path root;

    @Test
    void bareMetalWithAKnownProcessor_goesByTheTablesTdpTimesThePackages() {
        Discovery discovery = discover(machine(NAMED, 2, 96, null), ModelConstants.NONE);

        EnergyCounter cpu = discovery.counters().get(0);
        assertThat(cpu.source()).isEqualTo("model-tdp");
        assertThat(cpu.idleWatts()).isEqualTo(420 * 0.066, within(1e-9));
        assertThat(cpu.device()).isEqualTo("2 packages of 'Intel Xeon Platinum 8259CL CPU', 420 W TDP");
        assertThat(discovery.counters().get(1).device()).isEqualTo("8.0 GB");
        assertThat(lines(discovery)).anyMatch(line -> line.contains("TDP is that of 'Intel Xeon Platinum 8259CL CPU'"));
    }

    @Test
    void tdpOfTheUser_winsOverTheTable() {
        Discovery discovery = discover(machine(NAMED, 1, 48, null), Machines.tdp(100));

        assertThat(discovery.counters().get(0).idleWatts()).isEqualTo(6.6, within(1e-9));
        assertThat(discovery.counters().get(0).device()).isEqualTo("100 W TDP as configured");
        assertThat(lines(discovery)).noneMatch(line -> line.contains("embedded table"));
    }

    @Test
    void tdpThatMakesNoSense_leavesTheTable() {
        Discovery discovery = discover(machine(NAMED, 1, 48, null), Machines.tdp(-3));

        assertThat(discovery.counters().get(0).source()).isEqualTo("model-tdp");
        assertThat(lines(discovery)).anyMatch(line -> line.contains("energy.model.tdp is -3.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {NAMED, ANONYMOUS})
    void guest_goesByItsThreadsWhateverItsProcessorIsCalled(String name) {
        Discovery discovery = discover(machine(name, 1, 2, "Amazon EC2 m5.large"), ModelConstants.NONE);

        EnergyCounter cpu = discovery.counters().get(0);
        assertThat(cpu.source()).isEqualTo("model-threads");
        assertThat(cpu.idleWatts()).isEqualTo(0.24, within(1e-9));
    }

    @Test
    void guestWithANamedProcessor_saysWhyItsTdpIsNotUsed() {
        Discovery discovery = discover(machine(NAMED, 1, 2, "Amazon EC2 m5.large"), ModelConstants.NONE);

        assertThat(discovery.counters().get(0).device())
                .isEqualTo("2 hardware threads of 'Intel Xeon Platinum 8259CL CPU'");
        assertThat(lines(discovery))
                .anyMatch(line -> line.contains(
                                "virtual (Amazon EC2 m5.large) and owns an unknown part of 'Intel Xeon Platinum 8259CL CPU'")
                        && line.contains("0.12 W idle to 2.08 W fully busy each, and 0.287 W per GB"));
    }

    @Test
    void guestWithAnAnonymousProcessor_saysWhatIsAssumedAndBetweenWhichBounds() {
        Discovery discovery = discover(machine(ANONYMOUS, 1, 2, "hypervisor"), ModelConstants.NONE);

        assertThat(discovery.counters().get(0).device())
                .isEqualTo("2 hardware threads of an anonymous 'Intel Xeon Processor (Skylake, IBRS)'");
        assertThat(lines(discovery))
                .anyMatch(line -> line.equals("model: model-threads for 2 hardware threads of an anonymous 'Intel Xeon"
                        + " Processor (Skylake, IBRS)' and 8.0 GB: 2.5 W idle (1.5 to 6.1), 6.5 W fully busy (3.7 to 15.4),"
                        + " 95 % bands in brackets"))
                .anyMatch(line -> line.contains("tells no model") && line.contains("energy.model.idle"));
    }

    @Test
    void guestWithATdpOfTheUser_goesByIt() {
        Discovery discovery = discover(machine(NAMED, 1, 2, "KVM"), Machines.tdp(12));

        assertThat(discovery.counters().get(0).source()).isEqualTo("model-tdp");
    }

    @Test
    void bareMetalWithAnUnknownProcessor_saysThatItsTdpWouldHelp() {
        Discovery discovery = discover(machine("Abacus 9000", 1, 1, null), ModelConstants.NONE);

        assertThat(discovery.counters().get(0).device()).isEqualTo("1 hardware thread of 'Abacus 9000'");
        assertThat(lines(discovery))
                .anyMatch(line -> line.contains("knows no TDP of 'Abacus 9000'") && line.contains("energy.model.tdp"));
    }

    @Test
    void containerWithALimit_saysThatTheFiguresAreForTheWholeHost() {
        HostFacts facts = new HostFacts("h", NAMED, "GenuineIntel", 1, 48, 8 * Machines.GB, null, 1.5, false);

        Discovery discovery = discover(facts, ModelConstants.NONE);

        assertThat(discovery.counters().get(0).source()).isEqualTo("model-tdp");
        assertThat(lines(discovery))
                .anyMatch(
                        line -> line.equals(
                                "model: a limit lets this process use 1.50 of 48 hardware threads; the figures are for all of them"));
    }

    @Test
    void containerThatSeesItselfOnly_goesByItsThreads() {
        HostFacts facts = new HostFacts("h", NAMED, "GenuineIntel", 1, 4, 8 * Machines.GB, null, Double.NaN, true);

        Discovery discovery = discover(facts, ModelConstants.NONE);

        assertThat(discovery.counters().get(0).source()).isEqualTo("model-threads");
        assertThat(lines(discovery)).anyMatch(line -> line.contains("shown its own processors only"));
    }

    @Test
    void twoMeasuredPoints_assumeNothingMore() {
        Discovery discovery = discover(machine(ANONYMOUS, 1, 2, "KVM"), Machines.twoPoints(50, 200));

        assertThat(discovery.findings()).hasSize(1);
        assertThat(discovery.counters().get(0).device()).contains("as measured");
        assertThat(lines(discovery).get(0))
                .startsWith(
                        "model: model-calibrated for the whole machine, as measured idle and fully busy: 50.0 W idle (40.6 to 61.5), 200.0 W fully busy (162.5 to 246.2)");
    }

    @Test
    void noLimitAndNoOddity_isNoLineAboutContainers() {
        assertThat(lines(discover(machine(NAMED, 1, 48, null), ModelConstants.NONE)))
                .noneMatch(line -> line.contains("limit") || line.contains("container"));
    }

    private Discovery discover(HostFacts facts, ModelConstants constants) {
        return new ModelledEnergySource().discover(Machines.context(root, new SettableClock(), facts, constants));
    }

    private static HostFacts machine(String processor, int packages, int threads, @Nullable String virtualization) {
        return new HostFacts("h", processor, "GenuineIntel", packages, threads, 8 * Machines.GB, virtualization);
    }

    private static List<String> lines(Discovery discovery) {
        return discovery.findings().stream().map(Finding::line).toList();
    }
}
