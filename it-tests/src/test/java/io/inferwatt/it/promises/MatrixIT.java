package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.AnsweringModel;
import io.inferwatt.it.app.VirtualCallers;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.jvm.ModelAnswers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One application with a real model on JVMs that differ in collector, compiler, heap and threads. */
class MatrixIT {

    private static final int VIRTUAL_THREADS = 1000;
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private static final List<String> EVERYWHERE = List.of(
            "-XX:+UseG1GC",
            "-XX:+UseZGC",
            "-XX:+UseParallelGC",
            "-XX:+UseSerialGC",
            "-Xmx32m",
            "-Xint",
            "-XX:TieredStopAtLevel=1",
            "-XX:-UseCompressedOops",
            "-XX:ActiveProcessorCount=1");

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    /** The security manager went with JDK 24, and with JDK 25 came smaller object headers. */
    static List<Arguments> jvms() throws IOException {
        List<Arguments> jvms = new ArrayList<>();
        for (Path java : javas()) {
            EVERYWHERE.forEach(option -> jvms.add(Arguments.of(java, option)));
            int release = AgentRun.release(java);
            if (release < 24) {
                jvms.add(Arguments.of(java, "-Djava.security.manager=allow"));
            }
            if (release >= 25) {
                jvms.add(Arguments.of(java, "-XX:+UseCompactObjectHeaders"));
            }
        }
        return jvms;
    }

    @ParameterizedTest
    @MethodSource("jvms")
    void application_answersAndIsCounted(Path java, String option) throws Exception {
        try (AgentRun run = Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .option(option)
                .agent("http.port=0")
                .main(AnsweringModel.class, model())) {
            ModelAnswers.assertMeteredAndUnchanged(run);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void callsOfVirtualThreads_areCountedOneByOne(Path java) throws Exception {
        if (AgentRun.release(java) < FIRST_WITH_VIRTUAL_THREADS) {
            System.out.println(java + " has no virtual threads: nothing to test there");
            return;
        }
        try (AgentRun run = Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .agent("http.port=0")
                .main(VirtualCallers.class, model(), String.valueOf(VIRTUAL_THREADS))) {
            run.awaitOut("right answers");
            Endpoint endpoint = Endpoint.of(run);
            MetricsPage page =
                    endpoint.await("all calls", metrics -> metrics.sum("inferwatt_requests_total") >= VIRTUAL_THREADS);

            ModelAnswers.assertCounted(page, VIRTUAL_THREADS);
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsExactly(VIRTUAL_THREADS + " right answers");
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }

    private String model() throws Exception {
        return AnsweringModel.write(folder.resolve("copy-tokens.onnx")).toString();
    }
}
