package io.inferwatt.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host with 64 hardware threads and what a container on it is allowed. */
class ContainerLimitTest {

    @TempDir
    Path root;

    private Path proc;
    private Path sys;

    @BeforeEach
    void plantHost() throws IOException {
        proc = root.resolve("proc");
        sys = root.resolve("sys");
        plantStat(64);
        write(sys.resolve("devices/system/cpu/online"), "0-63\n");
    }

    @Test
    void fill_noGroupAndAllProcessorsAllowed_isNoLimit() throws Exception {
        write(proc.resolve("self/status"), "Name:\tjava\nCpus_allowed:\tffffffff\nCpus_allowed_list:\t0-63\n");

        assertThat(read().containerCpus()).isNaN();
        assertThat(read().containerView()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"200000 100000, 2", "150000 100000, 1.5", "50000, 0.5"})
    void fill_unifiedGroup_isItsQuota(String max, double cpus) throws Exception {
        group("0::/");
        write(sys.resolve("fs/cgroup/cpu.max"), max + "\n");

        assertThat(read().containerCpus()).isEqualTo(cpus);
        assertThat(read().hardwareThreads()).isEqualTo(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max 100000", "", "0 100000", "-1 100000", "lots", "200000 0", "6400000 100000"})
    void fill_quotaThatLimitsNothing_isNoLimit(String max) throws Exception {
        group("0::/a");
        write(sys.resolve("fs/cgroup/a/cpu.max"), max + "\n");

        assertThat(read().containerCpus()).isNaN();
    }

    @Test
    void fill_quotaOfAGroupAbove_counts() throws Exception {
        group("0::/pod/container");
        write(sys.resolve("fs/cgroup/pod/cpu.max"), "200000 100000\n");
        write(sys.resolve("fs/cgroup/pod/container/cpu.max"), "max 100000\n");
        assertThat(read().containerCpus()).isEqualTo(2);

        write(sys.resolve("fs/cgroup/pod/container/cpu.max"), "300000 100000\n");
        assertThat(read().containerCpus()).isEqualTo(2);

        write(sys.resolve("fs/cgroup/pod/container/cpu.max"), "100000 100000\n");
        assertThat(read().containerCpus()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0::/docker/abc", "0::/../../other"})
    void fill_pathOfAForeignNamespace_takesTheMount(String line) throws Exception {
        group(line);
        write(sys.resolve("fs/cgroup/cpu.max"), "150000 100000\n");

        assertThat(read().containerCpus()).isEqualTo(1.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu,cpuacct", "cpu"})
    void fill_groupsOfVersionOne_takesThatOfTheProcessors(String folder) throws Exception {
        group("5:memory:/docker/abc\n3:cpu,cpuacct:/docker/abc\n0::/");
        write(sys.resolve("fs/cgroup/" + folder + "/cpu.cfs_quota_us"), "250000\n");
        write(sys.resolve("fs/cgroup/" + folder + "/cpu.cfs_period_us"), "100000\n");
        assertThat(read().containerCpus()).isEqualTo(2.5);

        write(sys.resolve("fs/cgroup/" + folder + "/cpu.cfs_quota_us"), "-1\n");
        assertThat(read().containerCpus()).isNaN();
    }

    @Test
    void fill_groupOfVersionOneBelowTheMount_isItsQuota() throws Exception {
        group("3:cpu,cpuacct:/docker/abc");
        write(sys.resolve("fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us"), "-1\n");
        write(sys.resolve("fs/cgroup/cpu,cpuacct/cpu.cfs_period_us"), "100000\n");
        write(sys.resolve("fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_quota_us"), "300000\n");
        write(sys.resolve("fs/cgroup/cpu,cpuacct/docker/abc/cpu.cfs_period_us"), "100000\n");

        assertThat(read().containerCpus()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0-3|4", "0-1,8,10-11|5", "7|1"})
    void fill_cpuset_isTheProcessorsAllowed(String list, double cpus) throws Exception {
        write(proc.resolve("self/status"), "Cpus_allowed_list:\t" + list + "\n");

        assertThat(read().containerCpus()).isEqualTo(cpus);
    }

    @Test
    void fill_quotaAndCpuset_theLowerCounts() throws Exception {
        group("0::/");
        write(sys.resolve("fs/cgroup/cpu.max"), "600000 100000\n");
        write(proc.resolve("self/status"), "Cpus_allowed_list:\t0-3\n");

        assertThat(read().containerCpus()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "0:", "::::", "3:cpu:", "0::"})
    void fill_oddGroupFile_neverThrows(String lines) throws Exception {
        group(lines);
        write(proc.resolve("self/status"), "Cpus_allowed_list:\tnone\n");

        assertThat(read().containerCpus()).isNaN();
    }

    @Test
    void containerView_lxcfsOverStat_isSeen() throws Exception {
        write(
                proc.resolve("self/mountinfo"),
                "651 648 0:51 /proc/stat " + proc.resolve("stat")
                        + " rw,nosuid,nodev,relatime - fuse.lxcfs lxcfs rw,user_id=0\n");

        assertThat(read().containerView()).isTrue();
    }

    @Test
    void containerView_lxcfsOverAnotherFile_isNot() throws Exception {
        write(
                proc.resolve("self/mountinfo"),
                "651 648 0:51 /proc/uptime " + proc.resolve("uptime") + " rw - fuse.lxcfs lxcfs rw\n");

        assertThat(read().containerView()).isFalse();
    }

    @Test
    void containerView_fewerProcessorsThanTheKernelHas_isSeen() throws Exception {
        plantStat(4);

        assertThat(read().containerView()).isTrue();
        assertThat(read().hardwareThreads()).isEqualTo(4);
    }

    private HostFacts read() {
        return HostFactsReader.read(proc, proc, sys);
    }

    private void plantStat(int threads) throws IOException {
        StringBuilder stat = new StringBuilder("cpu  1 2 3 4\n");
        for (int i = 0; i < threads; i++) {
            stat.append("cpu").append(i).append(" 1 2 3 4\n");
        }
        write(proc.resolve("stat"), stat.toString());
    }

    private void group(String lines) throws IOException {
        write(proc.resolve("self/cgroup"), lines + "\n");
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
