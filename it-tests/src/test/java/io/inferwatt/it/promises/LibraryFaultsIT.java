package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.inferwatt.it.app.OddInputs;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.jvm.Sources;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Libraries that are not what the agent knows, and calls that its advice cannot digest. */
class LibraryFaultsIT {

    private static final int MOST_ERRORS = 10;
    private static final int CALLS = 15;
    private static final String ERRORS = "inferwatt_agent_instrumentation_errors_total";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void libraryOfAnotherVersion_isLeftAloneAndNamedOnce(Path java) throws Exception {
        Path application = Sources.in(folder)
                .add("OrtSession.java", """
                        package ai.onnxruntime;
                        public class OrtSession {
                            public static class SessionOptions {}
                            public String run(String question) { return "answer to " + question; }
                            public void close() {}
                        }
                        """)
                .add("Shop.java", """
                        import ai.onnxruntime.OrtSession;
                        public class Shop {
                            public static void main(String[] arguments) throws Exception {
                                OrtSession session = new OrtSession();
                                System.out.println(session.run("one"));
                                while (System.in.read() >= 0) System.out.println(session.run("two"));
                                session.close();
                            }
                        }
                        """)
                .compile();
        try (AgentRun run =
                Launch.bare(java).classPath(application).agent("http.port=0").main("Shop")) {
            String start = run.awaitErr("is metering");
            run.send();
            run.awaitOut("two");
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).containsExactly("answer to one", "answer to two");
            assertThat(run.err())
                    .containsExactlyInAnyOrder(
                            start,
                            "inferwatt: INFO calls of onnxruntime are not metered: this version of it has no"
                                    + " ai.onnxruntime.OnnxTensorLike#getInfo()Lai/onnxruntime/TensorInfo;");
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void adviceThatThrows_changesNoResultAndIsSwitchedOffAfterTenErrors(Path java) throws Exception {
        try (AgentRun run = Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .agent("http.port=0")
                .main(OddInputs.class)) {
            Endpoint endpoint = Endpoint.of(run);
            String start = run.awaitErr("is metering");
            for (int call = 0; call < CALLS; call++) {
                run.send();
            }
            String off = run.awaitErr("is off until the next start");
            String first = run.awaitErr("failed once");
            MetricsPage page = endpoint.await("the errors", metrics -> metrics.sum(ERRORS) == MOST_ERRORS);

            assertThat(first)
                    .startsWith("inferwatt: WARN instrumentation of onnxruntime failed once, the call itself is not"
                            + " affected; further errors are counted in " + ERRORS
                            + ": java.lang.UnsupportedOperationException: no look-up by name at ");
            assertThat(off)
                    .isEqualTo("inferwatt: WARN instrumentation of onnxruntime is off until the next start: "
                            + "10 errors within a minute; calls of it are not metered");
            assertThat(page.text()).doesNotContain(Long.toString(OddInputs.CONTENT));
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).isEqualTo(Collections.nCopies(CALLS, Long.toString(OddInputs.CONTENT)));
            assertThat(run.err()).containsExactly(start, first, off);
        }
    }
}
