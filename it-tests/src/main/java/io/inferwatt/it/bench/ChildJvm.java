package io.inferwatt.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.inferwatt.it.live.Conversation;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One JVM under measurement. Its processor time is that of all its threads until its end, as {@code bash} tells with
 * {@code time}: taken from the kernel's accounting in milliseconds, where {@code /usr/bin/time} and
 * {@code /proc/pid/stat} count in hundredths of a second.
 */
final class ChildJvm implements Conversation, AutoCloseable {

    private static final String TIMED = "TIMEFORMAT='processor %U %S'; time \"$@\"";
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final long startNanos;
    private final BlockingQueue<String> out;
    private final BlockingQueue<String> err;

    private ChildJvm(Process process, long startNanos) {
        this.process = process;
        this.startNanos = startNanos;
        this.out = lines(process.inputReader(UTF_8));
        this.err = lines(process.errorReader(UTF_8));
    }

    /** Starts this JVM's {@code java} with this JVM's class path. */
    static ChildJvm start(Arm arm, Class<?> main, String... arguments) throws IOException {
        return startIn(Path.of("").toAbsolutePath(), arm, main, arguments);
    }

    /** The same with a working directory, for agents that write into it. */
    static ChildJvm startIn(Path folder, Arm arm, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("bash", "-c", TIMED, "bash"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arm.options());
        command.add(main.getName());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("INFERWATT_") || name.startsWith("JAVA_TOOL"));
        builder.environment().put("LC_ALL", "C");
        // Not as an argument: ONNX Runtime 1.29.0 ends the JVM where its command line has some 4,000 characters.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.environment().putAll(arm.environment());
        long startNanos = System.nanoTime();
        return new ChildJvm(builder.start(), startNanos);
    }

    private static BlockingQueue<String> lines(BufferedReader source) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(source, lines), "child-output");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private static void read(BufferedReader source, BlockingQueue<String> lines) {
        try {
            source.lines().forEach(lines::add);
        } catch (UncheckedIOException closed) {
            lines.add("closed"); // the process was ended while somebody read
        }
    }

    /** Returns the {@link System#nanoTime} at which the process was started; the same clock in all JVMs of a Linux. */
    long startNanos() {
        return startNanos;
    }

    /** Returns the number of the JVM's process, once it runs: bash has no other child. */
    long pid() throws IOException {
        return process.children()
                .findFirst()
                .orElseThrow(() -> new IOException("ended early; errors: " + err))
                .pid();
    }

    /** Sends a line to its standard input. */
    @Override
    public void tell(String line) throws IOException {
        BufferedWriter in = process.outputWriter(UTF_8);
        in.write(line);
        in.newLine();
        in.flush();
    }

    /** Waits for a line on standard output that begins so, and returns the rest of it. */
    @Override
    public String awaitOut(String begin) throws IOException, InterruptedException {
        return await(out, begin);
    }

    /** Waits for a line on standard error that holds this text, and returns what follows. */
    @Override
    public String awaitErr(String text) throws IOException, InterruptedException {
        return await(err, text);
    }

    private String await(BlockingQueue<String> lines, String text) throws IOException, InterruptedException {
        while (true) {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new IOException("waited " + PATIENCE_SECONDS + " s in vain for '" + text + "'; alive: "
                        + process.isAlive() + "; errors: " + err);
            }
            int at = line.indexOf(text);
            if (at >= 0) {
                return line.substring(at + text.length());
            }
        }
    }

    /** Ends it by the end of its input, and returns its processor time, user and system, in milliseconds. */
    double endAndReadCpuMillis() throws IOException, InterruptedException {
        process.getOutputStream().close();
        String[] seconds = awaitErr("processor ").split(" ", 2);
        process.waitFor();
        return (Double.parseDouble(seconds[0]) + Double.parseDouble(seconds[1])) * 1e3;
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
