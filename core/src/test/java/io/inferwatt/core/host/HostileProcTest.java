package io.inferwatt.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileTree;
import io.inferwatt.core.fuzz.Mangler;
import io.inferwatt.core.fuzz.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A proc file system whose files are damaged. Facts stay open, clocks never step back, processes are not found. */
@Timeout(3600)
class HostileProcTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int SELF = 50;

    @TempDir
    Path folder;

    private static void put(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void factsOfTheMachine() {
        Fuzz.of("proc and sys files of a machine", 80).run(mangler -> {
            Path proc = folder.resolve("proc");
            Path sys = folder.resolve("sys");
            plant(proc, sys);
            HostileTree.damage(mangler.onceIn(3) ? sys : proc, mangler);
            FactSheet sheet = new FactSheet();
            ProcFacts.fill(sheet, proc);
            sheet.containerView(SysFacts.containerView(proc, sheet.hardwareThreads(), proc, sys));
            ContainerLimit.fill(sheet, proc, sys);
            sheet.virtualization(SysFacts.virtualMachine(sys));
            HostFacts facts = sheet.toFacts();
            OneLine.check("host " + facts.hostName() + facts.processorName() + facts.vendor() + facts.virtualization());
            assertThat(facts.hardwareThreads()).isPositive();
            assertThat(facts.memoryBytes()).isNotNegative();
            assertThat(facts.containerCpus()).matches(cpus -> cpus > 0 || Double.isNaN(cpus));
            HostileTree.delete(proc);
            HostileTree.delete(sys);
        });
    }

    private static void plant(Path proc, Path sys) throws IOException {
        put(proc, "stat", "cpu  1 2 3 4 5 6 7 8\ncpu0 1 2 3 4\ncpu1 1 2 3 4\nintr 1\n");
        put(
                proc,
                "cpuinfo",
                "processor\t: 0\nvendor_id\t: AuthenticAMD\nmodel name\t: EPYC 9999\nphysical id\t: 0\n"
                        + "flags\t\t: fpu vme hypervisor lm\n\nprocessor\t: 1\nphysical id\t: 1\n");
        put(proc, "meminfo", "MemTotal:       24684096 kB\nMemFree:        1 kB\n");
        put(proc, "sys/kernel/hostname", "node-7\n");
        put(proc, "self/status", "Name:\tjava\nCpus_allowed_list:\t0-1,3\n");
        put(proc, "self/cgroup", "4:cpu,cpuacct:/a/b\n0::/user.slice/run-1.scope\n");
        put(proc, "self/mountinfo", "36 35 0:30 / " + proc.resolve("stat") + " rw - fuse.lxcfs lxcfs rw\n");
        put(sys, "fs/cgroup/user.slice/run-1.scope/cpu.max", "150000 100000\n");
        put(sys, "fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_quota_us", "50000\n");
        put(sys, "fs/cgroup/cpu,cpuacct/a/b/cpu.cfs_period_us", "100000\n");
        put(sys, "devices/system/cpu/online", "0-3\n");
        put(sys, "class/dmi/id/sys_vendor", "Amazon EC2\n");
        put(sys, "class/dmi/id/product_name", "m5.large\n");
    }

    @Test
    void groupWhoseNameIsNoneOfAFile_hasTheLimitOfTheMount() throws IOException {
        put(folder, "proc/self/cgroup", "0::/a\0b\n");
        put(folder, "sys/fs/cgroup/cpu.max", "150000 100000\n");
        FactSheet sheet = new FactSheet();
        sheet.hardwareThreads(8);

        ContainerLimit.fill(sheet, folder.resolve("proc"), folder.resolve("sys"));

        assertThat(sheet.toFacts().containerCpus()).isEqualTo(1.5);
    }

    @Test
    void processorClock() {
        Path stat = folder.resolve("stat");
        Fuzz.of("proc/stat while it is read", 300).run(mangler -> {
            Files.writeString(stat, "cpu  100 20 30 4000 50 6 7 80 90 10\ncpu0 1 2 3 4\n");
            try (SampledCpuClock clock = new ProcStatCpuClock(stat)) {
                long busy = 0;
                long total = 0;
                for (int tick = 0; tick < 6; tick++) {
                    clock.refresh(tick * SECOND);
                    assertThat(clock.busyNanos()).isGreaterThanOrEqualTo(busy);
                    assertThat(clock.totalNanos()).isGreaterThanOrEqualTo(total);
                    busy = clock.busyNanos();
                    total = clock.totalNanos();
                    Files.write(stat, mangler.file("cpu  100 20 30 4000 50 6 7 80 90 10\ncpu0 1 2 3 4\n"));
                }
            }
        });
    }

    @Test
    void processorTimeOfALargeMachineThatIsLongUp_doesNotOverflow() throws IOException {
        Path stat = folder.resolve("stat");
        // 1024 hardware threads, two years.
        Files.writeString(stat, "cpu  100 0 0 6500000000000 0 0 0 0 0 0\n");
        try (SampledCpuClock clock = new ProcStatCpuClock(stat)) {
            clock.refresh(0);
            long busy = clock.busyNanos();
            long total = clock.totalNanos();
            Files.writeString(stat, "cpu  200 0 0 6500000000300 0 0 0 0 0 0\n");

            clock.refresh(SECOND);

            assertThat(clock.busyNanos() - busy).isEqualTo(SECOND);
            assertThat(clock.totalNanos() - total).isEqualTo(4 * SECOND);
        }
    }

    @Test
    void processesAndSockets() {
        Fuzz.of("processes and sockets in proc", 60).run(mangler -> {
            Path proc = folder.resolve("processes");
            machine(proc);
            HostileTree.damage(proc, mangler);
            search(proc);
            ProcessTree tree;
            try {
                tree = ProcessTree.follow(proc, 60);
            } catch (IOException ended) {
                HostileTree.delete(proc);
                return;
            }
            try (tree) {
                follow(tree, proc, mangler);
            }
            HostileTree.delete(proc);
        });
    }

    private static void machine(Path proc) throws IOException {
        new ProcTree(proc)
                .process(1, 0, "systemd", 100, 0)
                .process(40, 1, "bash", 5, 0)
                .process(SELF, 40, "java", 900, 0)
                .process(60, 1, "ollama", 300, 10)
                .process(61, 60, "runner (a b)", 300, 10)
                .self(SELF)
                .listens("7f000001", 11434, 4711, 1000)
                .listens("00000000000000000000000000000000", 8080, 4712, 0)
                .holds(60, 3, 4711)
                .holds(61, 3, 4712);
    }

    private static void search(Path proc) {
        for (String host : new String[] {"localhost:11434", "[::1]:8080", "127.0.0.1"}) {
            ListenerSearch search = new ListenerSearch(ServerAddress.of(host), proc);
            Listener found = null;
            for (int steps = 0; found == null; steps++) {
                assertThat(steps).isLessThan(10_000);
                found = search.step(20);
            }
            boolean held = search.isStillHeld();
            assertThat(held && found.state() == Listener.State.NOBODY).isFalse();
        }
    }

    private static void follow(ProcessTree tree, Path proc, Mangler mangler) throws IOException {
        for (int tick = 0; tick < 4; tick++) {
            for (int looks = 0; !tree.look(10, tick * SECOND); looks++) {
                assertThat(looks).isLessThan(10_000);
            }
            assertThat(tree.usedNanos(tick * SECOND)).isNotNegative();
            assertThat(tree.size()).isLessThanOrEqualTo(ProcessTree.MOST);
            HostileTree.damage(proc, mangler);
        }
    }
}
