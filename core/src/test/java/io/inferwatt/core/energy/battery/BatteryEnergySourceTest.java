package io.inferwatt.core.energy.battery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.DrivenMachine;
import io.inferwatt.core.energy.DrivenMachine.Movement;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.EnergySource.Discovery;
import io.inferwatt.core.energy.EnergySourceContract;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.Machines;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.SourceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatteryEnergySourceTest extends EnergySourceContract {

    private static final long SECOND = 1_000_000_000L;
    private static final DoubleUnaryOperator TURNS = seconds -> ((long) (seconds / 10)) % 2 == 0 ? 8 : 30;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private BatteryTree tree;

    @BeforeEach
    void plant() {
        tree = new BatteryTree(root);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable open : opened) {
            open.close();
        }
    }

    @Override
    protected EnergySource source() {
        return new BatteryEnergySource();
    }

    @Override
    protected SourceContext meterable() throws IOException {
        laptop("Discharging").put("BAT0", "power_now", 12_000_000);
        return Machines.context(root, clock);
    }

    @Override
    protected void draw(SourceContext context, double joules, long nanos) throws IOException {
        tree.put("BAT0", "power_now", Math.round(joules * 1e15 / nanos));
    }

    @Override
    protected boolean worksOnEveryMachine() {
        return false;
    }

    @Test
    void dischargingBattery_isThePlatformIntegrated() throws Exception {
        laptop("Discharging").put("BAT0", "power_now", 12_000_000);

        EnergyCounter platform = only(discover());

        assertThat(platform.domain()).isEqualTo(Domain.PLATFORM);
        assertThat(platform.source()).isEqualTo("battery");
        assertThat(platform.flags()).containsExactly(ReadingFlag.INTEGRATED);
        assertThat(platform.device()).isEqualTo("BAT0");
    }

    @Test
    void batteryWithCurrentAlone_isCurrentTimesVoltage() throws Exception {
        laptop("Discharging").put("BAT0", "current_now", 1_500_000).put("BAT0", "voltage_now", 12_000_000);
        EnergyCounter platform = only(discover());
        platform.advance(0);

        assertThat(platform.advance(SECOND)).isEqualTo(18_000_000);
    }

    @Test
    void twoBatteries_theIdleOneAddsNothing() throws Exception {
        laptop("Discharging").put("BAT0", "power_now", 12_000_000);
        tree.supply("BAT1", "Battery").put("BAT1", "status", "Not charging").put("BAT1", "power_now", 99_000_000);
        EnergyCounter platform = only(discover());
        platform.advance(0);

        assertThat(platform.advance(SECOND)).isEqualTo(12_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Charging", "Full", "Not charging", "Unknown"})
    void batteryThatDoesNotDischarge_isNotOffered(String status) throws Exception {
        laptop(status).put("BAT0", "power_now", 12_000_000);

        Discovery discovery = discover();

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings()).singleElement().matches(finding -> finding.kind() == Kind.NOTE);
    }

    @Test
    void dischargingBesideAPlug_isNotOffered() throws Exception {
        laptop("Discharging").put("BAT0", "power_now", 12_000_000).put("AC", "online", 1);

        Discovery discovery = discover();

        assertThat(discovery.counters()).isEmpty();
        assertThat(lines(discovery)).anyMatch(line -> line.contains("AC is plugged in"));
    }

    @Test
    void batteryOfAMouse_isNoneOfThisMachine() throws Exception {
        tree.supply("hid-mouse-battery", "Battery")
                .put("hid-mouse-battery", "scope", "Device")
                .put("hid-mouse-battery", "status", "Discharging")
                .put("hid-mouse-battery", "power_now", 100);

        assertThat(discover().findings()).singleElement().matches(finding -> finding.kind() == Kind.ABSENT);
    }

    @Test
    void unreadableGauge_isALossThatNamesTheFile() throws Exception {
        laptop("Discharging").put("BAT0", "current_now", -1_500_000).put("BAT0", "voltage_now", 12_000_000);

        Discovery discovery = discover();

        assertThat(discovery.counters()).isEmpty();
        assertThat(discovery.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.LOST);
            assertThat(finding.text()).contains(tree.file("BAT0", "current_now").toString());
        });
    }

    @Test
    void statusThatIsGone_orIsNoFile_isALossThatSaysSo() throws Exception {
        laptop("Discharging").put("BAT0", "power_now", 10_000_000);
        Path status = tree.file("BAT0", "status");
        Files.delete(status);
        assertThat(lines(discover())).singleElement().asString().contains(status + " does not exist");

        Files.createDirectory(status);
        assertThat(lines(discover()))
                .singleElement()
                .asString()
                .contains("cannot read " + status + ": ", "is no regular file");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "rights of files are those of POSIX")
    void statusThatMayNotBeRead_isAQuestionOfPermission() throws Exception {
        laptop("Discharging").put("BAT0", "power_now", 10_000_000);
        Path status = tree.file("BAT0", "status");
        Files.setPosixFilePermissions(status, Set.of());
        assumeThat(Files.isReadable(status)).as("the superuser may read all").isFalse();

        try (Battery battery = new Battery(status.getParent())) {
            assertThatThrownBy(battery::status)
                    .isInstanceOfSatisfying(
                            EnergyReadException.class,
                            refused -> assertThat(refused.reason()).isEqualTo(EnergyReadException.Reason.PERMISSION))
                    .hasMessageEndingWith(status + ": permission denied");
        }
    }

    @Test
    void advance_withinASecond_leavesTheGaugeAlone() throws Exception {
        laptop("Discharging").put("BAT0", "power_now", 10_000_000);
        EnergyCounter platform = only(discover());
        platform.advance(0);
        Files.delete(tree.file("BAT0", "power_now"));

        assertThat(platform.advance(SECOND / 2)).isEqualTo(5_000_000);
    }

    @Test
    void pluggedIn_failsFromTheNextSampleOnAndTheTimeIsUnknown() throws Exception {
        laptop("Discharging").put("BAT0", "power_now", 10_000_000);
        EnergyCounter platform = only(discover());
        platform.advance(0);
        tree.put("AC", "online", 1);

        for (int i = 1; i <= 3; i++) {
            long now = i * SECOND;
            assertThatThrownBy(() -> platform.advance(now))
                    .isInstanceOf(EnergyReadException.class)
                    .hasMessageContaining("AC is plugged in");
        }
        tree.put("AC", "online", 0);
        assertThat(platform.advance(4 * SECOND)).isEqualTo(EnergyCounter.UNKNOWN);
        assertThat(platform.advance(5 * SECOND)).isEqualTo(10_000_000);
    }

    @Test
    void scenario_turnsOfTenSeconds_readWithinAFewPerCent() throws Exception {
        laptop("Discharging");
        DrivenMachine machine = drive(TURNS, (nanos, joules, watts) -> {
            if (nanos % (3 * SECOND) == 0) {
                tree.put("BAT0", "power_now", Math.round(watts * 1e6));
            }
        });

        machine.run(300, 250).row("battery, gauge renews every 3 s", Domain.PLATFORM);

        assertThat(machine.readJoules(Domain.PLATFORM))
                .isCloseTo(machine.trueJoules(), within(machine.trueJoules() * 0.03));
        assertThat(machine.gapSeconds(Domain.PLATFORM)).isZero();
    }

    @Test
    void scenario_onMainsForAMinute_isUnknownAndComesBack() throws Exception {
        laptop("Discharging").put("BAT0", "power_now", 20_000_000);
        DrivenMachine machine = drive(seconds -> 20, (nanos, joules, watts) -> {
            boolean plugged = nanos >= 30 * SECOND && nanos < 90 * SECOND;
            tree.put("AC", "online", plugged ? 1 : 0).put("BAT0", "status", plugged ? "Charging" : "Discharging");
        });

        machine.run(200, 250).row("battery, on mains for 60 s", Domain.PLATFORM);

        double gap = machine.gapSeconds(Domain.PLATFORM);
        assertThat(machine.meter(Domain.PLATFORM).speaking()).isTrue();
        assertThat(gap).isGreaterThanOrEqualTo(59);
        assertThat(machine.readJoules(Domain.PLATFORM)).isCloseTo(machine.trueJoules() - 20 * gap, within(1.0));
        assertThat(machine.warnings()).anyMatch(line -> line.contains("battery given up"));
    }

    private DrivenMachine drive(DoubleUnaryOperator watts, Movement movement) throws Exception {
        DrivenMachine machine = new DrivenMachine(List.of("battery"), Machines.context(root, clock), watts, movement);
        opened.add(machine);
        return machine;
    }

    private BatteryTree laptop(String status) throws IOException {
        return tree.supply("AC", "Mains")
                .put("AC", "online", 0)
                .supply("BAT0", "Battery")
                .put("BAT0", "status", status);
    }

    private Discovery discover() {
        Discovery discovery = source().discover(Machines.context(root, clock));
        opened.addAll(discovery.counters());
        return discovery;
    }

    private static EnergyCounter only(Discovery discovery) {
        assertThat(discovery.counters()).as("%s", discovery.findings()).hasSize(1);
        return discovery.counters().get(0);
    }

    private static List<String> lines(Discovery discovery) {
        return discovery.findings().stream().map(Finding::line).toList();
    }
}
