package io.inferwatt.core.host;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Facts from the proc file system. A file that is missing or odd leaves its facts open. */
final class ProcFacts {

    private ProcFacts() {}

    static void fill(FactSheet sheet, Path procRoot) {
        sheet.hardwareThreads(threadsWithLoad(TextFile.lines(procRoot.resolve("stat"))));
        fillFromCpuinfo(sheet, TextFile.lines(procRoot.resolve("cpuinfo")));
        for (String line : TextFile.lines(procRoot.resolve("meminfo"))) {
            if (key(line).equals("MemTotal")) {
                sheet.memoryBytes(1024 * TextFile.number(value(line)));
            }
        }
        for (String line : TextFile.lines(procRoot.resolve("sys/kernel/hostname"))) {
            sheet.hostName(line);
        }
    }

    private static int threadsWithLoad(List<String> stat) {
        int threads = 0;
        for (String line : stat) {
            boolean oneThread = line.startsWith("cpu") && line.length() > 3 && Character.isDigit(line.charAt(3));
            threads += oneThread ? 1 : 0;
        }
        return threads;
    }

    private static void fillFromCpuinfo(FactSheet sheet, List<String> cpuinfo) {
        Set<String> packages = new HashSet<>();
        int threads = 0;
        for (String line : cpuinfo) {
            String value = value(line);
            switch (key(line)) {
                case "processor" -> threads++;
                case "model name" -> sheet.processorName(value);
                case "vendor_id" -> sheet.vendor(value);
                case "physical id" -> packages.add(value);
                case "flags" -> sheet.guest((" " + value + " ").contains(" hypervisor "));
                default -> {}
            }
        }
        sheet.hardwareThreads(threads);
        sheet.packages(packages.size());
    }

    private static String key(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon).strip();
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }
}
