package io.inferwatt.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The counters that a JVM keeps in a file for {@code jcmd}: they are read without asking it for anything. */
final class JvmCounters {

    /** The first leaves what only finalizers and reference handlers let go. */
    private static final int COLLECTIONS = 2;

    private final Map<String, String> values = new HashMap<>();

    private JvmCounters() {}

    static JvmCounters of(long pid) throws IOException, InterruptedException {
        JvmCounters counters = new JvmCounters();
        for (String line : jcmd(pid, "PerfCounter.print").lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                counters.values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        return counters;
    }

    /** The same after collections, which the JVM is asked for; that begins a thread or two in it. */
    static JvmCounters afterCollection(long pid) throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            jcmd(pid, "GC.run");
        }
        return of(pid);
    }

    private static String jcmd(long pid, String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        ProcessBuilder builder = new ProcessBuilder(jcmd.toString(), String.valueOf(pid), command);
        Process process = builder.redirectErrorStream(true).start();
        String answer = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("jcmd " + command + " failed: " + answer);
        }
        return answer;
    }

    /** Returns how many classes are loaded, those from the shared archive included. */
    double classes() throws IOException {
        return number("java.cls.loadedClasses")
                + number("java.cls.sharedLoadedClasses")
                - number("java.cls.unloadedClasses")
                - number("java.cls.sharedUnloadedClasses");
    }

    /** Returns what was in use on the heap after the last collection, in megabytes of 10^6 bytes. */
    double heapMegabytes() {
        double bytes = 0;
        for (Map.Entry<String, String> counter : values.entrySet()) {
            if (counter.getKey().startsWith("sun.gc.generation.")
                    && counter.getKey().endsWith(".used")) {
                bytes += Double.parseDouble(counter.getValue());
            }
        }
        return bytes / 1e6;
    }

    /** Returns what of the metaspace was in use at the last collection, in megabytes of 10^6 bytes. */
    double metaspaceMegabytes() throws IOException {
        return number("sun.gc.metaspace.used") / 1e6;
    }

    private double number(String name) throws IOException {
        String value = values.get(name);
        if (value == null) {
            throw new IOException("this JVM has no counter " + name);
        }
        return Double.parseDouble(value);
    }
}
