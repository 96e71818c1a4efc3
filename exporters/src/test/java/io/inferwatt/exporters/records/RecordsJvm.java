package io.inferwatt.exporters.records;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Another JVM that writes the same records; its main class as well. */
final class RecordsJvm implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;

    private RecordsJvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static RecordsJvm start(Path file) throws IOException {
        return new RecordsJvm(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecordsJvm.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start());
    }

    /** Lets it write a line, and returns the name of the file that it is in. */
    String writes(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        StringBuilder others = new StringBuilder();
        for (String told = out.readLine(); told != null; told = out.readLine()) {
            if (told.startsWith("in ")) {
                return told.substring("in ".length());
            }
            others.append(told).append('\n');
        }
        throw new IOException("it told: " + others);
    }

    @Override
    public void close() throws Exception {
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the other JVM does not end");
        }
    }

    @SuppressWarnings("SystemOut") // this is what the test reads
    public static void main(String[] arguments) throws IOException {
        try (RecordsFile records = new RecordsFile(Path.of(arguments[0]), 1000, 2);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                records.append(line);
                records.flush();
                System.out.println("in " + records.file().getFileName());
            }
        }
    }
}
