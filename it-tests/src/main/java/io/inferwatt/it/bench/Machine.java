package io.inferwatt.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Where and when figures were taken. */
final class Machine {

    private Machine() {}

    static String describe() throws IOException {
        return LocalDate.now(ZoneOffset.UTC) + ", JDK " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + Runtime.getRuntime().availableProcessors() + " × "
                + processor() + ", load before " + load();
    }

    private static String processor() throws IOException {
        Path facts = Path.of("/proc/cpuinfo");
        List<String> lines = Files.isReadable(facts) ? Files.readAllLines(facts) : List.of();
        return lines.stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }

    private static String load() throws IOException {
        Path load = Path.of("/proc/loadavg");
        return Files.isReadable(load) ? Files.readString(load).split(" ", 2)[0] : "unknown";
    }
}
