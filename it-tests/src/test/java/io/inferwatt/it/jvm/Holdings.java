package io.inferwatt.it.jvm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a JVM holds, as the system and {@code jcmd} tell it: nothing of this is asked of the JVM's own application.
 *
 * @param threads names of its Java threads, in order
 * @param files what its open file descriptors refer to, in order
 * @param liveBytes of the heap, after a collection
 * @param metaspaceKilobytes in use after that collection
 */
public record Holdings(List<String> threads, List<String> files, long liveBytes, long metaspaceKilobytes) {

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final long BETWEEN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** @param java the home of a JDK of the JVM's own release */
    public static Holdings of(Path java, long pid) throws IOException, InterruptedException {
        long liveBytes = liveBytes(jcmd(java, pid, "GC.class_histogram"));
        long metaspaceKilobytes = metaspaceKilobytes(ask(java, "jstat", "-gc", Long.toString(pid)));
        return new Holdings(threads(jcmd(java, pid, "Thread.print")), files(pid), liveBytes, metaspaceKilobytes);
    }

    /** Looks again and again until it is as wanted, for a minute. */
    public static Holdings await(Path java, long pid, String what, Predicate<Holdings> wanted)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Holdings now = of(java, pid);
        while (!wanted.test(now)) {
            if (System.nanoTime() - begin > LONGEST_NANOS) {
                throw new AssertionError("waited for " + what + ", last was " + now);
            }
            LockSupport.parkNanos(BETWEEN_NANOS);
            now = of(java, pid);
        }
        return now;
    }

    /** Returns how many threads there are but for those that come and go with their work: of the endpoint, whoever asks it, and of the JVM's compilers. */
    public int lastingThreads() {
        return (int) threads.stream()
                .filter(name -> !name.equals("inferwatt-http-worker") && !name.contains("CompilerThread"))
                .count();
    }

    /** Returns the threads that the agent started. */
    public List<String> agentThreads() {
        return threads.stream().filter(name -> name.startsWith("inferwatt-")).toList();
    }

    /** Asks a JVM by {@code jcmd} and returns its answer line by line. */
    public static List<String> jcmd(Path java, long pid, String... question) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(Long.toString(pid)));
        Collections.addAll(arguments, question);
        return ask(java, "jcmd", arguments.toArray(String[]::new));
    }

    private static List<String> ask(Path java, String tool, String... arguments)
            throws IOException, InterruptedException {
        try (AgentRun asking = AgentRun.tool(java, tool, "", arguments)) {
            if (asking.exitCode() != 0) {
                throw new IOException(tool + " " + List.of(arguments) + ": " + asking.out() + asking.err());
            }
            return asking.out();
        }
    }

    /** The last line is {@code Total <instances> <bytes>}. */
    private static long liveBytes(List<String> histogram) throws IOException {
        for (String line : histogram) {
            if (line.startsWith("Total")) {
                return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        throw new IOException("no total in " + histogram);
    }

    /** A line of names, {@code MU} among them, and a line of figures, as of the last collection. */
    private static long metaspaceKilobytes(List<String> collections) {
        List<String> names = List.of(collections.get(0).strip().split(" +"));
        String[] figures = collections.get(1).strip().split(" +");
        return Math.round(Double.parseDouble(figures[names.indexOf("MU")].replace(',', '.')));
    }

    /** Java threads have a number after their names, those of the JVM's own have none. */
    private static List<String> threads(List<String> dump) {
        return dump.stream()
                .filter(line -> line.startsWith("\"") && line.contains("\" #"))
                .map(line -> line.substring(1, line.indexOf("\" #")))
                .sorted()
                .toList();
    }

    private static List<String> files(long pid) throws IOException {
        List<String> files = new ArrayList<>();
        try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(pid), "fd"))) {
            for (Path each : open.toList()) {
                try {
                    files.add(withoutNumber(Files.readSymbolicLink(each).toString()));
                } catch (NoSuchFileException closed) {
                    // closed since it was listed
                }
            }
        }
        Collections.sort(files);
        return files;
    }

    /** Sockets and pipes have numbers that no two of them share: {@code socket:[4711]}. */
    private static String withoutNumber(String file) {
        int number = file.indexOf(":[");
        return number < 0 ? file : file.substring(0, number);
    }
}
