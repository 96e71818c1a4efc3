package io.inferwatt.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.NamedCalls;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real disk of 64 kB, full from the start, that all files of the agent are on; then there is room again. */
class FullDiskIT {

    private static final int CALLS = 20;
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String LOST = "inferwatt_agent_export_failures_total";

    /** Makes the disk, fills it, runs what follows, which ends with the shell, and shows the state of budgets that is left. */
    private static final String ON_A_FULL_DISK = "disk=$1; shift; mount -t tmpfs -o size=64k tmpfs $disk || exit 99;"
            + " head -c 65536 /dev/zero >$disk/filler; setpriv --pdeathsig KILL \"$@\"; code=$?; cat $disk/state; exit"
            + " $code";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void fullDisk_costsOneLineEachAndTheFiguresOfThatTime_andIsUsedAgainOnceThereIsRoom(Path java) throws Exception {
        assumeDisksCanBeMade();
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (AgentRun run = Launch.of(java)
                .under("unshare", "-rm", "sh", "-c", ON_A_FULL_DISK, "sh", disk.toString())
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent(
                        "http.port=0",
                        "log.file=" + disk.resolve("log"),
                        "export.records.file=" + disk.resolve("records"),
                        "budget.all.limit=5 kWh",
                        "budget.state.file=" + disk.resolve("state"))
                .main(NamedCalls.class)) {
            Endpoint endpoint = Endpoint.of(run);
            String logLost = run.awaitErr("log.file ");
            String stateLost = run.awaitErr("state of budgets ");
            run.say(CALLS + " first");
            run.awaitOut("did " + CALLS + " first");
            endpoint.await("the loss", page -> page.sum(LOST, "exporter=\"records\"") == CALLS);
            String recordsLost = run.awaitErr("export.records.file: ");
            run.say(CALLS + " second");
            run.awaitOut("did " + CALLS + " second");
            endpoint.await("the loss", page -> page.sum(LOST, "exporter=\"records\"") == 2 * CALLS);
            assertThat(endpoint.read().sum(LOST, "exporter=\"budget_state\"")).isPositive();

            Path seenFromHere = Path.of("/proc/" + run.pid() + "/root" + disk);
            Files.delete(seenFromHere.resolve("filler"));
            run.say(CALLS + " third");
            run.awaitOut("did " + CALLS + " third");
            endpoint.await("records", page -> lines(seenFromHere.resolve("records")) == CALLS);
            assertThat(endpoint.read().sum(LOST, "exporter=\"records\"")).isEqualTo(2 * CALLS);
            endpoint.await("all calls", page -> page.sum(REQUESTS, "outcome=\"ok\"") == 3 * CALLS);

            assertThat(run.exitCode()).isZero();
            assertThat(logLost).contains("takes no lines (java.io.IOException: No space left on device)");
            assertThat(recordsLost).contains("No space left on device");
            assertThat(stateLost).contains("No space left on device");
            assertThat(run.err())
                    .as("each once")
                    .containsExactlyInAnyOrder(logLost, stateLost, recordsLost, run.awaitErr("is metering"));
            assertThat(run.out())
                    .startsWith(
                            "ready", "did " + CALLS + " first", "did " + CALLS + " second", "did " + CALLS + " third")
                    .as("the state that was saved at the end")
                    .contains("inferwatt-budgets 1", "budget=all", "requests=" + 3 * CALLS);
        }
    }

    private static void assumeDisksCanBeMade() throws Exception {
        try (AgentRun probe = AgentRun.start(
                List.of(
                        "unshare",
                        "-rm",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=64k tmpfs /tmp && setpriv --pdeathsig KILL true"),
                Map.of())) {
            boolean possible = probe.exitCode() == 0;
            if (!possible) {
                System.out.println("FullDiskIT is skipped: no file system can be mounted here: " + probe.err());
            }
            Assumptions.assumeTrue(possible, "a namespace in which a file system can be mounted");
        } catch (IOException noSuchCommand) {
            System.out.println("FullDiskIT is skipped: " + noSuchCommand.getMessage());
            Assumptions.abort("unshare of util-linux");
        }
    }

    private static long lines(Path file) {
        try {
            return Files.readString(file).lines().count();
        } catch (IOException notThere) {
            return 0;
        }
    }
}
