package io.inferwatt.core.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Facts from the proc file system. A file that is missing or odd leaves its facts open. */
final class ProcFacts {

    private ProcFacts() {}

    static void fill(FactSheet sheet, Path procRoot) {
        sheet.hardwareThreads(threadsWithLoad(lines(procRoot.resolve("stat"))));
        fillFromCpuinfo(sheet, lines(procRoot.resolve("cpuinfo")));
        for (String line : lines(procRoot.resolve("meminfo"))) {
            if (key(line).equals("MemTotal")) {
                sheet.memoryBytes(1024 * number(value(line)));
            }
        }
        for (String line : lines(procRoot.resolve("sys/kernel/hostname"))) {
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
                case "flags" -> sheet.virtualization(hypervisor(value));
                default -> {}
            }
        }
        sheet.hardwareThreads(threads);
        sheet.packages(packages.size());
    }

    /** The processor tells its guest that there is a hypervisor, not which one. */
    private static String hypervisor(String flags) {
        return (" " + flags + " ").contains(" hypervisor ") ? "hypervisor" : "";
    }

    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static String key(String line) {
        int colon = line.indexOf(':');
        return colon < 0 ? "" : line.substring(0, colon).strip();
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).strip();
    }

    /** Returns the number that the text begins with, 0 if none. */
    private static long number(String text) {
        long number = 0;
        for (int i = 0; i < Math.min(15, text.length()) && Character.isDigit(text.charAt(i)); i++) {
            number = number * 10 + Character.digit(text.charAt(i), 10);
        }
        return number;
    }
}
