package io.inferwatt.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostFactsReaderTest {

    @TempDir
    Path root;

    private Path procRoot;
    private Path sys;

    @BeforeEach
    void place() {
        procRoot = root.resolve("proc");
        sys = root.resolve("sys");
    }

    @Test
    void read_wholeTree_takesEachFactFromIt() throws Exception {
        cpuinfo("AuthenticAMD", "fpu vme hypervisor lm", 0, 0, 1, 1);
        write("stat", "cpu  1 2 3 4\ncpu0 1 2 3 4\ncpu1 1 2 3 4\ncpu2 1 2 3 4\ncpu3 1 2 3 4\nintr 1\n");
        write("meminfo", "MemTotal:       24684096 kB\nMemFree:        1 kB\n");
        write("sys/kernel/hostname", "node-7\n");

        assertThat(read())
                .isEqualTo(new HostFacts("node-7", "EPYC 9999", "AuthenticAMD", 2, 4, 24684096L * 1024, "hypervisor"));
    }

    @Test
    void read_wholeTree_startsNoProgram() throws Exception {
        cpuinfo("GenuineIntel", "fpu hypervisor", 0, 0);
        write("stat", "cpu  1 2 3 4\ncpu0 1 2 3 4\ncpu1 1 2 3 4\n");
        write("meminfo", "MemTotal:       24684096 kB\n");

        List<String> output = probe(true, procRoot);

        assertThat(output).anyMatch(line -> line.startsWith("HostFacts[") && line.contains("EPYC 9999"));
        assertThat(output).noneMatch(line -> line.contains(" java.lang.ProcessBuilder ") || line.contains(" oshi."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Amazon EC2|m5.large|Amazon EC2 m5.large",
                "Google|Google Compute Engine|Google Compute Engine",
                "QEMU||QEMU",
                "||hypervisor"
            })
    void read_guest_isCalledByItsFirmware(String vendor, String product, String expected) throws Exception {
        cpuinfo("GenuineIntel", "fpu hypervisor", 0);
        writeSys("class/dmi/id/sys_vendor", vendor == null ? "" : vendor + "\n");
        writeSys("class/dmi/id/product_name", product == null ? "" : product + "\n");

        assertThat(read().virtualization()).isEqualTo(expected);
    }

    @Test
    void read_firmwareOfBareMetal_isNoVirtualMachine() throws Exception {
        cpuinfo("GenuineIntel", "fpu vme", 0);
        writeSys("class/dmi/id/sys_vendor", "Amazon EC2\n");

        assertThat(read().virtualization()).isNull();
    }

    @Test
    void read_bareMetal_hasNoVirtualization() throws Exception {
        cpuinfo("GenuineIntel", "fpu vme lm", 0);
        write("meminfo", "MemTotal:       1024 kB\n");

        HostFacts facts = read();

        assertThat(facts.virtualization()).isNull();
        assertThat(facts.hardwareThreads()).isEqualTo(1);
    }

    @Test
    void read_emptyTree_stillGivesUsableFacts() {
        HostFacts facts = read();

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

        assertThat(read().hardwareThreads()).isPositive();
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
        List<String> output = probe(false, procRoot.resolve("nowhere"));

        assertThat(output).anyMatch(line -> line.startsWith("HostFacts["));
        assertThat(output).noneMatch(HostFactsReaderTest::loggingOrJna);
        assertThat(output).noneMatch(line -> line.contains(" oshi."));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void readWithOshi_onAJvmOfItsOwn_startsNeitherJnaNorLogging() throws Exception {
        List<String> output = probe(true, procRoot.resolve("nowhere"));

        assertThat(output).anyMatch(line -> line.startsWith("HostFacts["));
        assertThat(output).noneMatch(HostFactsReaderTest::loggingOrJna);
        assertThat(output).anyMatch(line -> line.contains(" oshi.nativefree.SystemInfo "));
        assertThat(output)
                .as("why OSHI does not come first")
                .anyMatch(line -> line.contains(" java.lang.ProcessBuilder "));
    }

    /** The JDK's own management beans load the class LogManager without starting it; then no Logger and no Level follow. */
    private static boolean loggingOrJna(String line) {
        return line.contains(" java.util.logging.Logger ")
                || line.contains(" java.util.logging.Level ")
                || line.contains(" com.sun.jna.");
    }

    /** Reads the facts of a tree; of an empty one, so that OSHI is asked where it is there. */
    static final class Probe {

        public static void main(String[] args) {
            System.out.println(HostFactsReader.read(Path.of(args[0])));
        }
    }

    private List<String> probe(boolean withOshi, Path tree) throws Exception {
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
                        tree.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output.lines().toList();
    }

    private HostFacts read() {
        return HostFactsReader.read(procRoot, procRoot, sys);
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
        writeAt(procRoot.resolve(file), text);
    }

    private void writeSys(String file, String text) throws IOException {
        writeAt(sys.resolve(file), text);
    }

    private static void writeAt(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
