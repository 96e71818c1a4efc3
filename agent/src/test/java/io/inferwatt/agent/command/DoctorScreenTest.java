package io.inferwatt.agent.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.EnergyMeter.MachineSurvey;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.EnergySurvey;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.SourceReport;
import io.inferwatt.core.energy.SourceReport.Standing;
import io.inferwatt.core.host.HostFacts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DoctorScreenTest {

    private static final Domain GPU = Domain.gpu("GPU-8f3a1b2c-0d1e-4f56-a789-0123456789ab");

    @Test
    void gpu_isNamedInFullBelowItsRowWithItsFlagsInWords() {
        DomainReading gpu = reading(
                GPU,
                "NVIDIA H200",
                "nvml-power",
                Set.of(ReadingFlag.INTEGRATED, ReadingFlag.SHARED_GPU),
                311,
                true,
                "");

        String screen = screen(List.of(gpu));

        assertThat(screen)
                .containsPattern("  gpu:GPU-8f3a1b2c  nvml-power  measured  311 W      as read  ±10 %\\R")
                .contains("    NVIDIA H200 (gpu:GPU-8f3a1b2c-0d1e-4f56-a789-0123456789ab)")
                .contains("    power readings, added up: ")
                .contains("    other processes may use it")
                .contains("inferwatt_meter_lag_seconds");
        assertThat(screen.lines()).allMatch(line -> line.length() <= Page.WIDTH);
    }

    @Test
    void wholeMachine_isMarkedAndNotAddedAndTheProcessorsComeFirst() {
        DomainReading platform = reading(Domain.PLATFORM, "", "rapl-powercap", Set.of(), 300, false, "");
        DomainReading cpu = reading(Domain.CPU, "", "rapl-powercap", Set.of(), 100, true, "");
        DomainReading dram = reading(Domain.DRAM, "", "rapl-powercap", Set.of(), 20, true, "");

        assertThat(screen(List.of(platform, dram, cpu)))
                .containsSubsequence("\n  cpu ", "\n  dram ", "\n  platform ", "added to nothing", "\n  together ")
                .containsPattern("together +measured +120 W")
                .contains("Measured: cpu, dram.");
    }

    @Test
    void trouble_isTheReasonForUnknownPower() {
        DomainReading lost =
                reading(Domain.CPU, "", "rapl-powercap", Set.of(), Double.NaN, true, "rapl-powercap given up: EIO");

        assertThat(screen(List.of(lost)))
                .contains("no power: rapl-powercap given up: EIO")
                .doesNotContain("trouble:", "--seconds");
    }

    @Test
    void advice_isGivenOnceTheMostUsefulFirstAndNotForSourcesThatWait() {
        SourceReport first = report(
                "one",
                Standing.NOT_USABLE,
                Finding.absent("one", "none here", "buy one"),
                Finding.lost("one", "denied", "open it"));
        SourceReport second = report(
                "two",
                Standing.IN_USE,
                Finding.note("two", "assumed", "tell it"),
                Finding.lost("two", "denied too", "open it"));
        SourceReport third = report("three", Standing.STAND_BY, Finding.note("three", "assumed", "calibrate"));
        DomainReading cpu = reading(Domain.CPU, "", "rapl-powercap", Set.of(), 100, true, "");
        List<SourceReport> sources = List.of(first, second, third);

        assertThat(Advice.of(examination(List.of(cpu), sources)))
                .extracting(Finding::remedy)
                .containsExactly("open it", "tell it");
    }

    @Test
    void advice_onMetersThatMayBeMissing_isGivenWhereProcessorsAreNotMeasuredAndNoMeterIsUnreadable() {
        SourceReport absent = report("one", Standing.NOT_USABLE, Finding.absent("one", "none here", "buy one"));
        SourceReport lost = report("two", Standing.NOT_USABLE, Finding.lost("two", "denied", "open it"));
        DomainReading cpu = reading(Domain.CPU, "", "rapl-powercap", Set.of(), 100, true, "");

        assertThat(Advice.of(examination(List.of(), List.of(absent))))
                .extracting(Finding::remedy)
                .containsExactly("buy one");
        assertThat(Advice.of(examination(List.of(cpu), List.of(absent)))).isEmpty();
        assertThat(Advice.of(examination(List.of(), List.of(absent, lost))))
                .extracting(Finding::remedy)
                .containsExactly("open it");
    }

    @Test
    void sourceThatWaits_keepsItsAssumptionsToItself() {
        SourceReport waiting = report(
                "two",
                Standing.STAND_BY,
                Finding.found("two", "works"),
                Finding.note("two", "assumed", ""),
                Finding.lost("two", "denied", ""));
        SourceReport terse = report("three", Standing.STAND_BY, Finding.note("three", "only this", ""));

        String screen =
                DoctorScreen.of(examination(List.of(), List.of(waiting, terse))).text(StandardCharsets.UTF_8);

        assertThat(screen)
                .containsPattern("two +stand-by +works\\R +PROBLEM: denied\\R +three +stand-by +only this\\R")
                .doesNotContain("assumed");
    }

    private static SourceReport report(String source, Standing standing, Finding... findings) {
        return new SourceReport(source, standing, List.of(findings));
    }

    private static DomainReading reading(
            Domain domain,
            String device,
            String source,
            Set<ReadingFlag> flags,
            double watts,
            boolean counted,
            String trouble) {
        return new DomainReading(
                domain,
                device,
                source,
                Quality.MEASURED,
                flags,
                ErrorBand.normal(0.05),
                watts,
                Double.NaN,
                counted,
                trouble);
    }

    private static String screen(List<DomainReading> readings) {
        SourceReport source = report("rapl", Standing.IN_USE, Finding.found("rapl", "here"));
        return DoctorScreen.of(examination(readings, List.of(source))).text(StandardCharsets.UTF_8);
    }

    private static Examination examination(List<DomainReading> readings, List<SourceReport> sources) {
        HostFacts facts = new HostFacts("node-7", "a processor", "GenuineIntel", 2, 8, 1L << 36, null);
        return new Examination(
                Duration.ofSeconds(2),
                ConfigLoader.load(null, Map.of(), Map.of()),
                new MachineSurvey(
                        facts, new EnergySurvey(readings, sources, List.of()), List.of("world average"), List.of()),
                List.of());
    }
}
