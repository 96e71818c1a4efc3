package io.inferwatt.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HostFactsReaderTest {

    @TempDir
    Path procRoot;

    @Test
    void read_wholeTree_takesEachFactFromIt() throws Exception {
        cpuinfo("AuthenticAMD", "fpu vme hypervisor lm", 0, 0, 1, 1);
        write("stat", "cpu  1 2 3 4\ncpu0 1 2 3 4\ncpu1 1 2 3 4\ncpu2 1 2 3 4\ncpu3 1 2 3 4\nintr 1\n");
        write("meminfo", "MemTotal:       24684096 kB\nMemFree:        1 kB\n");
        write("sys/kernel/hostname", "node-7\n");

        assertThat(HostFactsReader.read(procRoot))
                .isEqualTo(new HostFacts("node-7", "EPYC 9999", "AuthenticAMD", 2, 4, 24684096L * 1024, "hypervisor"));
    }

    @Test
    void read_bareMetal_hasNoVirtualization() throws Exception {
        cpuinfo("GenuineIntel", "fpu vme lm", 0);
        write("meminfo", "MemTotal:       1024 kB\n");

        HostFacts facts = HostFactsReader.read(procRoot);

        assertThat(facts.virtualization()).isNull();
        assertThat(facts.hardwareThreads()).isEqualTo(1);
    }

    @Test
    void read_emptyTree_stillGivesUsableFacts() {
        HostFacts facts = HostFactsReader.read(procRoot.resolve("nowhere"));

        assertThat(facts.packages()).isPositive();
        assertThat(facts.hardwareThreads()).isPositive();
        assertThat(facts.memoryBytes()).isPositive();
        assertThat(facts.processorName()).isNotBlank();
        assertThat(facts.vendor()).isNotBlank();
        assertThat(facts.hostName()).isNotBlank();
    }

    @Test
    void read_garbage_neverThrows() throws Exception {
        write("stat", "cpu\ncpux\n:::\n\n");
        write("meminfo", "MemTotal\nMemTotal: lots\n");
        Files.write(Files.createDirectories(procRoot).resolve("cpuinfo"), new byte[] {(byte) 0xff, 0, 10, ':', 10});

        assertThat(HostFactsReader.read(procRoot).hardwareThreads()).isPositive();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void read_oshi_findsThisMachine() {
        FactSheet sheet = new FactSheet();
        OshiFacts.fill(sheet);
        HostFacts facts = sheet.toFacts();

        assertThat(facts.memoryBytes()).isPositive();
        assertThat(facts.hardwareThreads()).isPositive();
        assertThat(facts.processorName()).isNotBlank();
    }

    @Test
    void readWithoutOshi_onAJvmOfItsOwn_answersAndStartsNoLogging() throws Exception {
        List<String> output = probe(false);

        assertThat(output).anyMatch(line -> line.startsWith("HostFacts["));
        assertThat(output).noneMatch(HostFactsReaderTest::loggingOrJna);
        assertThat(output).noneMatch(line -> line.contains(" oshi."));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readWithOshi_onAJvmOfItsOwn_startsNeitherJnaNorLogging() throws Exception {
        List<String> output = probe(true);

        assertThat(output).anyMatch(line -> line.startsWith("HostFacts["));
        assertThat(output).noneMatch(HostFactsReaderTest::loggingOrJna);
        assertThat(output).anyMatch(line -> line.contains(" oshi.nativefree.SystemInfo "));
    }

    /** The JDK's own management beans load the class LogManager without starting it; then no Logger and no Level follow. */
    private static boolean loggingOrJna(String line) {
        return line.contains(" java.util.logging.Logger ")
                || line.contains(" java.util.logging.Level ")
                || line.contains(" com.sun.jna.");
    }

    /** Reads the facts of an empty tree, so that OSHI is asked where it is there. */
    static final class Probe {

        public static void main(String[] args) {
            System.out.println(HostFactsReader.read(Path.of(args[0])));
        }
    }

    private List<String> probe(boolean withOshi) throws Exception {
        String separator = System.getProperty("path.separator");
        String classPath = List.of(System.getProperty("java.class.path").split(separator)).stream()
                .filter(entry -> withOshi ? !entry.contains("junit") : entry.contains("classes"))
                .reduce("", (left, right) -> left + separator + right);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:class+load:stdout",
                        "-cp",
                        classPath,
                        Probe.class.getName(),
                        procRoot.resolve("nowhere").toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.lines().toList();
    }

    private void cpuinfo(String vendor, String flags, int... packageOfThread) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < packageOfThread.length; i++) {
            text.append("processor\t: ").append(i).append('\n');
            text.append("vendor_id\t: ").append(vendor).append('\n');
            text.append("model name\t: EPYC 9999\n");
            text.append("physical id\t: ").append(packageOfThread[i]).append('\n');
            text.append("flags\t\t: ").append(flags).append("\n\n");
        }
        write("cpuinfo", text.toString());
    }

    private void write(String file, String text) throws IOException {
        Path path = procRoot.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
