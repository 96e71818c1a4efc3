package io.inferwatt.it.jvm;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One JVM that a test started; its output line by line. */
public final class AgentRun implements AutoCloseable {

    public static final Path JAR = Path.of(System.getProperty("inferwatt.agent.jar"));

    private static final int[] RELEASES = {17, 25};
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final long LONGEST_SECONDS = 120;

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final Thread outReader;
    private final Thread errReader;

    private AgentRun(Process process) {
        this.process = process;
        outReader = reader(process.inputReader(StandardCharsets.UTF_8), out);
        errReader = reader(process.errorReader(StandardCharsets.UTF_8), err);
    }

    private static Thread reader(BufferedReader source, List<String> lines) {
        Thread thread = new Thread(() -> source.lines().forEach(lines::add));
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Returns the homes of JDK 17 and 25 as far as they are here; says on standard output which one is not. */
    public static List<Path> javas() {
        List<Path> homes = new ArrayList<>();
        for (int release : RELEASES) {
            Path home = home(release);
            if (home == null) {
                System.out.println("No test on JDK " + release + ": JAVA_HOME_" + release
                        + " is empty, or not set, the tests run on "
                        + Runtime.version().feature() + ", and " + INSTALLED + " has none of that name");
            } else {
                homes.add(home);
            }
        }
        return homes;
    }

    private static @Nullable Path home(int release) {
        String variable = System.getenv("JAVA_HOME_" + release);
        if (variable != null) {
            return variable.isBlank() ? null : Path.of(variable);
        }
        return Runtime.version().feature() == release ? Path.of(System.getProperty("java.home")) : installed(release);
    }

    private static @Nullable Path installed(int release) {
        if (!Files.isDirectory(INSTALLED)) {
            return null;
        }
        Pattern name = Pattern.compile("(.*\\D)?" + release + "(\\D.*)?");
        try (Stream<Path> homes = Files.list(INSTALLED)) {
            return homes.filter(
                            home -> name.matcher(home.getFileName().toString()).matches())
                    .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
                    .findFirst()
                    .orElse(null);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns the release of a JDK, such as 17, as its own file tells it. */
    public static int release(Path home) throws IOException {
        String version = "JAVA_VERSION=\"";
        for (String line : Files.readAllLines(home.resolve("release"))) {
            if (line.startsWith(version)) {
                String rest = line.substring(version.length());
                return Integer.parseInt(
                        rest.substring(0, rest.indexOf('.') > 0 ? rest.indexOf('.') : rest.indexOf('"')));
            }
        }
        throw new IOException(home + " tells no version");
    }

    /** Starts {@code java} with these arguments. */
    public static AgentRun java(Path home, String... arguments) throws IOException {
        return tool(home, "java", "", arguments);
    }

    /** Starts a tool of the JDK, with options for its JVM in the environment. */
    public static AgentRun tool(Path home, String tool, String javaToolOptions, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve(tool).toString());
        command.addAll(List.of(arguments));
        return start(command, javaToolOptions.isEmpty() ? Map.of() : Map.of("JAVA_TOOL_OPTIONS", javaToolOptions));
    }

    /** Starts a process with these variables beside the environment of the tests. */
    public static AgentRun start(List<String> command, Map<String, String> variables) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name ->
                        name.startsWith("INFERWATT_") || name.matches("_?JAVA_(TOOL_)?OPTIONS|JDK_JAVA_OPTIONS"));
        builder.environment().putAll(variables);
        return new AgentRun(builder.start());
    }

    /** Closes the standard input, waits for the end and returns the exit code. */
    public int exitCode() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running; out " + out + ", err " + err);
        }
        outReader.join();
        errReader.join();
        return process.exitValue();
    }

    /** Waits until the process ends by itself, its standard input open. */
    public void awaitEnd() throws InterruptedException {
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running; out " + out + ", err " + err);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Sends a signal, such as {@code TERM}, by the shell's own command. */
    public void signal(String name) throws IOException, InterruptedException {
        try (AgentRun kill = start(List.of("sh", "-c", "kill -" + name + " " + pid()), Map.of())) {
            if (kill.exitCode() != 0) {
                throw new IOException("kill -" + name + " failed: " + kill.err());
            }
        }
    }

    /** Writes one byte to the standard input. */
    public void send() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Writes one line to the standard input. */
    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    public List<String> out() {
        return out;
    }

    public List<String> err() {
        return err;
    }

    /** Returns the first line on standard output that contains a text, as soon as there is one. */
    public String awaitOut(String text) throws InterruptedException {
        return await(out, text, 1);
    }

    /** Returns the last of so many lines on standard output that contain a text, as soon as there are as many. */
    public String awaitOut(String text, int count) throws InterruptedException {
        return await(out, text, count);
    }

    /** Returns the first line on standard error that contains a text, as soon as there is one. */
    public String awaitErr(String text) throws InterruptedException {
        return await(err, text, 1);
    }

    private String await(List<String> lines, String text, int count) throws InterruptedException {
        long begin = System.nanoTime();
        boolean more = true;
        while (more && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(LONGEST_SECONDS)) {
            more = outReader.isAlive() || errReader.isAlive(); // asked before the look at the lines
            int left = count;
            for (String line : lines) {
                if (line.contains(text) && --left == 0) {
                    return line;
                }
            }
            (errReader.isAlive() ? errReader : outReader).join(20);
        }
        throw new AssertionError("not " + count + " line(s) with '" + text + "' in " + out + err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
