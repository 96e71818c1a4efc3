package io.inferwatt.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.it.app.Deployed;
import io.inferwatt.it.app.Redeployer;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Holdings;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import opennlp.tools.postag.POSTaggerME;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An application that is deployed again and again with a metered library inside: nothing of the former ones may be kept. By hand 200 times,
 * {@code -Dfaults.deployments=200}.
 */
class RedeployIT {

    private static final int WARM = 20;
    private static final int TIMES = Integer.getInteger("faults.deployments", 60);
    private static final String LOADER = "Redeployer$DeployedLoader";
    private static final String REQUESTS = "inferwatt_requests_total";

    /** One deployment takes some 1,500 kB of metaspace; all that is allowed is less than two. */
    private static final long MOST_MORE_KILOBYTES = 2500;

    private static final long MOST_MORE_BYTES = 2_000_000;

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void deploymentsThatAreGone_leaveNothingBehind(Path java) throws Exception {
        try (AgentRun run = Launch.of(java)
                .agent("http.port=0")
                .main(
                        Redeployer.class,
                        Launch.whereIs(POSTaggerME.class).toString(),
                        Launch.whereIs(Deployed.class).toString(),
                        folder.resolve("tags.bin").toString())) {
            Endpoint endpoint = Endpoint.of(run);
            run.say(Integer.toString(WARM));
            run.awaitOut("deployed " + WARM);
            Holdings before = Holdings.of(java, run.pid());

            run.say(Integer.toString(TIMES));
            assertThat(run.awaitOut("deployed " + TIMES)).endsWith("NNS VBP RB");
            long calls = (long) Deployed.CALLS * (WARM + TIMES);
            MetricsPage page = endpoint.await("all calls", now -> now.sum(REQUESTS) >= calls);
            assertThat(page.sum(REQUESTS, "model=\"tags\"", "outcome=\"ok\"")).isEqualTo(calls);
            Holdings after = Holdings.await(
                    java,
                    run.pid(),
                    "what was held before, " + before,
                    now -> now.metaspaceKilobytes() <= before.metaspaceKilobytes() + MOST_MORE_KILOBYTES
                            && now.liveBytes() <= before.liveBytes() + MOST_MORE_BYTES
                            && now.lastingThreads() <= before.lastingThreads());
            List<String> loaders = Holdings.jcmd(java, run.pid(), "VM.classloader_stats").stream()
                    .filter(line -> line.contains(LOADER))
                    .toList();
            assertThat(loaders).as("of %s deployments", WARM + TIMES).hasSizeLessThanOrEqualTo(1);
            System.out.println("RedeployIT: " + TIMES + " deployments on " + java.getFileName() + ", loaders left "
                    + loaders.size() + ", metaspace " + before.metaspaceKilobytes() + " -> "
                    + after.metaspaceKilobytes() + " kB, heap after GC " + before.liveBytes() + " -> "
                    + after.liveBytes() + " B, threads " + before.threads().size() + " -> "
                    + after.threads().size());
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }
}
