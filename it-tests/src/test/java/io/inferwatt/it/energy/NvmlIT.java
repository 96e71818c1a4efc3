package io.inferwatt.it.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferwatt.it.app.Echo;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Answers;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A GPU metered by the packaged agent, through JNA and through foreign functions, from a library compiled here in the place of
 * NVIDIA's. The library's time passes as the test says.
 */
class NvmlIT {

    private static final Path SOURCE = Path.of("../core/src/test/resources/io/inferwatt/core/energy/nvml/nvml-stub.c");
    private static final int SLOTS = 1024;
    // Numbers of the script that matter here; the C file names all.
    private static final int COUNT = 1;
    private static final int CLOCK_MICROS = 5;
    private static final int GPU = 128;
    private static final int MILLIWATTS = GPU + 10;
    private static final int SINCE_MICROS = GPU + 12;
    private static final int INTERVAL_MICROS = GPU + 16;
    private static final int WATTS = 300;
    private static final int TICKS = 100;
    private static final long TICK_MICROS = 20_000;
    private static final double JOULES = WATTS * TICKS * TICK_MICROS / 1e6;

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void joulesOfAGpu_areThoseItDrew(Path java) throws Exception {
        Path library = compile();
        LongBuffer script = script(library);
        try (AgentRun run = Launch.of(java)
                .agent("http.port=0", "log.level=info", "energy.nvml.library=" + library)
                .main(Echo.class)) {
            Endpoint endpoint = Endpoint.of(run);
            endpoint.await("a GPU that stands still", page -> !gpuLines(page).isEmpty());
            for (int i = 0; i < TICKS; i++) {
                script.put(CLOCK_MICROS, script.get(CLOCK_MICROS) + TICK_MICROS);
                LockSupport.parkNanos(TICK_MICROS * 1000);
            }
            MetricsPage page = endpoint.await("all joules", read -> read.read("gpu") >= JOULES - 0.01);

            assertThat(page.read("gpu")).isCloseTo(JOULES, within(0.001));
            assertThat(page.lines("inferwatt_measurement_info", "component=\"gpu\""))
                    .singleElement()
                    .asString()
                    .contains("source=\"nvml-energy\"", "quality=\"measured\"");
            assertThat(page.lines("inferwatt_source_energy_joules_total", "component=\"cpu\""))
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void nativeAccessThatIsDenied_isToldWithTheFlagThatGrantsIt(Path java) throws Exception {
        if (Files.readString(java.resolve("release")).contains("JAVA_VERSION=\"17.")) {
            System.out.println(java + " knows no --illegal-native-access: not tested there");
            return;
        }
        try (AgentRun run = Launch.of(java)
                .option("--illegal-native-access=deny")
                .agent("http.port=0", "energy.nvml.library=" + compile())
                .main(Echo.class)) {
            String warning = run.awaitErr("nvml: ");
            Answers.assertUnchanged(run, warning, run.awaitErr("is metering"));
            assertThat(warning)
                    .startsWith("inferwatt: WARN nvml: NVIDIA's management library ")
                    .endsWith("; start the JVM with --enable-native-access=ALL-UNNAMED");
        }
    }

    private static List<String> gpuLines(MetricsPage page) {
        return page.lines("inferwatt_source_energy_joules_total", "component=\"gpu\"");
    }

    private Path compile() throws Exception {
        Path library = folder.resolve("libnvidia-ml.so.1");
        boolean compiled = false;
        try {
            compiled = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), SOURCE.toString(), "-ldl")
                            .inheritIO()
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException noCompiler) {
            System.out.println("No test of NVML: no C compiler 'cc': " + noCompiler.getMessage());
        }
        assumeTrue(compiled, "a C compiler 'cc'");
        return library;
    }

    private static LongBuffer script(Path library) throws IOException {
        Path file = Path.of(library + ".state");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            LongBuffer script = channel.map(MapMode.READ_WRITE, 0, SLOTS * Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
            script.put(COUNT, 1).put(CLOCK_MICROS, 1_000_000).put(SINCE_MICROS, 1_000_000);
            return script.put(MILLIWATTS, WATTS * 1000).put(INTERVAL_MICROS, 100_000);
        }
    }
}
