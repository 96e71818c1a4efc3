package io.inferwatt.core.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.energy.SourceReport.Standing;
import io.inferwatt.core.energy.rapl.PowercapTree;
import io.inferwatt.core.host.SampledCpuClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergySurveyTest {

    @TempDir
    Path root;

    @Test
    void take_counterThatMovesEvery20Milliseconds_seesPowerAndInterval() throws Exception {
        PowercapTree tree = PowercapTree.below(root).zone("intel-rapl:0", "package-0", 1_000_000_000);
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> driveAt50Watts(tree, done));
        writer.start();
        EnergySurvey survey;
        try {
            survey = take(Duration.ofMillis(1500));
        } finally {
            done.set(true);
            writer.join();
        }

        DomainReading cpu = survey.domains().get(0);
        assertThat(cpu.domain()).isEqualTo(Domain.CPU);
        assertThat(cpu.source()).isEqualTo("rapl-powercap");
        assertThat(cpu.counted()).isTrue();
        assertThat(cpu.watts()).isCloseTo(50, within(10.0));
        assertThat(cpu.updateSeconds()).isBetween(0.015, 0.06);
        assertThat(standing(survey, "rapl")).isEqualTo(Standing.IN_USE);
        assertThat(standing(survey, "model")).isEqualTo(Standing.STAND_BY);
        assertThat(survey.remarks()).isEmpty();
    }

    @Test
    void take_machineWithoutMeters_showsTheModelAndWhyNothingElse() {
        EnergySurvey survey = take(Duration.ofMillis(300));

        assertThat(survey.domains()).extracting(DomainReading::quality).containsOnly(Quality.MODELLED);
        assertThat(survey.domains())
                .allSatisfy(reading -> assertThat(reading.watts()).isPositive())
                .allSatisfy(reading -> assertThat(reading.updateSeconds()).isNaN());
        assertThat(standing(survey, "rapl")).isEqualTo(Standing.NOT_USABLE);
        assertThat(survey.sources())
                .allSatisfy(report -> assertThat(report.findings()).isNotEmpty());
    }

    private static Standing standing(EnergySurvey survey, String source) {
        return survey.sources().stream()
                .filter(report -> report.source().equals(source))
                .findFirst()
                .orElseThrow()
                .standing();
    }

    /** The processor clock is this machine's own, so that the model has a load to go by. */
    private EnergySurvey take(Duration duration) {
        try (SampledCpuClock clock = SampledCpuClock.open(Path.of("/proc"), 8)) {
            return EnergySurvey.take(List.of("auto"), Machines.context(root, clock), clock, duration);
        }
    }

    /** Written in place, so that no reader sees an empty file, as it never does in the kernel's tree. */
    private static void driveAt50Watts(PowercapTree tree, AtomicBoolean done) {
        try (FileChannel energy = FileChannel.open(tree.energyFile("intel-rapl:0"), StandardOpenOption.WRITE)) {
            long begin = System.nanoTime();
            for (int step = 1; !done.get(); step++) {
                while (System.nanoTime() - begin < step * 20_000_000L) {
                    LockSupport.parkNanos(500_000);
                }
                byte[] text = (1_000_000_000L + step * 1_000_000L + "\n").getBytes(StandardCharsets.US_ASCII);
                energy.write(ByteBuffer.wrap(text), 0);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
