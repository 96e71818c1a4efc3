package io.inferwatt.it.promises;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inferwatt.it.app.AnsweringModel;
import io.inferwatt.it.app.Echo;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Answers;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.ModelAnswers;
import io.inferwatt.it.live.FakeZone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Machines on which the process may do little: files that cannot be written, counters that cannot be read. */
class NarrowMachineIT {

    private static final String NOBODY = "65534";

    /**
     * Makes every mounted file system read-only, for this process and its children alone, and ends if that failed. The second one
     * has a folder of its own in memory, as containers give it to engines that unpack their native code.
     */
    private static final String READ_ONLY = "mount --make-rprivate / || exit 90; for at in $(cut -d ' ' -f 5"
            + " /proc/self/mountinfo); do mount -o remount,bind,ro \"$at\" 2>/dev/null; done; for at in \"$0\" /tmp"
            + " \"$HOME\"; do if touch \"$at/written\" 2>/dev/null; then rm -f \"$at/written\"; exit 91; fi; done;";

    private static final String AND_NOTHING_ELSE = " exec \"$@\"";
    private static final String BUT_FOR_THE_ENGINE = " mount -t tmpfs none \"$0/memory\" || exit 92; exec \"$@\"";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    @ParameterizedTest
    @MethodSource("javas")
    void readOnlyFileSystem_isNoMatter(Path java) throws Exception {
        Launch launch = readOnly(PublicCopy.in(folder).launch(java), AND_NOTHING_ELSE);
        try (AgentRun run = launch.agentAt(folder.resolve("inferwatt-agent.jar"), "http.port=0")
                .main(Echo.class)) {
            Endpoint.of(run).await("joules", page -> page.read("cpu") > 0);
            Answers.assertUnchanged(run, run.awaitErr("is metering"));
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void readOnlyFileSystem_whereTheEngineAloneMayUnpack_isMetered(Path java) throws Exception {
        PublicCopy copy = PublicCopy.in(folder);
        Path memory = Files.createDirectory(folder.resolve("memory"));
        Launch launch = readOnly(copy.launch(java), BUT_FOR_THE_ENGINE).option("-Djava.io.tmpdir=" + memory);
        try (AgentRun run = launch.agentAt(copy.agent(), "http.port=0")
                .main(AnsweringModel.class, copy.model().toString())) {
            ModelAnswers.assertMeteredAndUnchanged(run);
        }
    }

    private Launch readOnly(Launch launch, String then) throws Exception {
        String[] mounts = isRoot() ? new String[] {"unshare", "-m"} : new String[] {"unshare", "-rm"};
        List<String> around = new ArrayList<>(List.of(mounts));
        around.addAll(List.of("sh", "-c", READ_ONLY + then, folder.toString()));
        assumeWorks("read-only mounts of its own to a process", around.toArray(String[]::new));
        return launch.under(around.toArray(String[]::new));
    }

    /** As kernels have it since the side channel of 2020: root alone reads the counter. */
    @ParameterizedTest
    @MethodSource("javas")
    void userWhoMayNotReadTheCounter_isToldItsRemedyAndMeteredByTheModel(Path java) throws Exception {
        String[] asNobody = {"setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"};
        assumeWorks("another user to run as", asNobody);
        PublicCopy copy = PublicCopy.in(folder);
        Path root = Files.createDirectory(folder.resolve("powercap"));
        FakeZone zone = FakeZone.in(root);
        assumeReadable(asNobody, copy.model(), java.resolve("bin").resolve("java"), zone.counter());
        Files.setPosixFilePermissions(zone.counter(), PosixFilePermissions.fromString("r--------"));
        try (AgentRun run = copy.launch(java)
                .under(asNobody)
                .agentAt(copy.agent(), "http.port=0", "energy.powercap.root=" + root)
                .main(AnsweringModel.class, copy.model().toString())) {
            String lost = run.awaitErr("rapl: ");
            assertThat(lost)
                    .startsWith("inferwatt: WARN rapl: no cpu energy: cannot open " + zone.counter()
                            + ": permission denied;")
                    .contains(" let the group of this process read it by a udev or tmpfiles rule");
            assertThat(run.awaitErr("is metering")).contains("energy from model-");
            assertThat(ModelAnswers.assertMeteredAndUnchanged(run, lost)
                            .lines("inferwatt_measurement_info", "quality=\"measured\""))
                    .isEmpty();
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static void assumeWorks(String what, String... command) throws Exception {
        List<String> probe = new ArrayList<>(List.of(command));
        probe.add("true");
        assume(succeeds(probe), "this machine gives no " + what + ": " + String.join(" ", command));
    }

    /** Folders above the test's own may be closed to others, and with them what the test makes. */
    private static void assumeReadable(String[] asNobody, Path... files) throws Exception {
        for (Path needed : files) {
            List<String> probe = new ArrayList<>(List.of(asNobody));
            probe.addAll(List.of("test", "-r", needed.toString()));
            assume(succeeds(probe), "other users cannot read " + needed);
        }
    }

    private static boolean succeeds(List<String> command) throws InterruptedException {
        try (AgentRun run = AgentRun.start(command, Map.of())) {
            return run.exitCode() == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static void assume(boolean works, String otherwise) {
        if (!works) {
            System.out.println("Skipped: " + otherwise);
        }
        assumeTrue(works, otherwise);
    }
}
