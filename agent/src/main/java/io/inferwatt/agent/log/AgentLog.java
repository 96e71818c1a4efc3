package io.inferwatt.agent.log;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.config.InferwattConfig.LogLevel;
import io.inferwatt.core.input.OneLine;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The agent's log: one line an event, on standard error or in a file. Safe from all threads; never throws. Standard error
 * is the stream of the JVM's start, so that an application that redirects it does not get our lines in its log.
 */
public final class AgentLog {

    private static final AgentLog LOG = new AgentLog(System.err);

    /** The longest line that we write ourselves lists all settings; names and values from outside may be of any length. */
    private static final int LONGEST = 4000;

    private final PrintStream standardError;
    private volatile LogLevel level = LogLevel.INFO;
    private volatile @Nullable Path file;
    private volatile @Nullable OutputStream device;
    private volatile boolean told;

    AgentLog(PrintStream standardError) {
        this.standardError = standardError;
    }

    /** Puts the settings in force. If the file cannot be opened a warning says so and standard error is kept. */
    public static void configure(InferwattConfig.Log settings) {
        LOG.apply(settings);
    }

    public static void warn(String line) {
        LOG.write(LogLevel.WARN, line);
    }

    public static void info(String line) {
        LOG.write(LogLevel.INFO, line);
    }

    public static void debug(String line) {
        LOG.write(LogLevel.DEBUG, line);
    }

    public static boolean isDebug() {
        return LOG.writes(LogLevel.DEBUG);
    }

    /** Returns an exception as one line: what it is, what it says and where it comes from. */
    public static String describe(Throwable error) {
        StackTraceElement[] trace = error.getStackTrace();
        return trace.length == 0 ? error.toString() : error + " at " + trace[0];
    }

    void apply(InferwattConfig.Log settings) {
        level = settings.level();
        if (settings.file().isPresent()) {
            open(settings.file().get());
        }
    }

    private void open(Path path) {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                device = new FileOutputStream(path.toFile(), true);
            } else {
                append(path, "");
            }
            file = path;
        } catch (IOException unwritable) {
            write(
                    LogLevel.WARN,
                    "log.file " + path + " cannot be written (" + unwritable + "); logging to standard error");
        }
    }

    boolean writes(LogLevel asked) {
        return asked.compareTo(level) <= 0;
    }

    void write(LogLevel asked, String line) {
        if (!writes(asked)) {
            return;
        }
        String event =
                "inferwatt: " + asked + " " + OneLine.of(line.replace('\n', ' ').replace('\r', ' '), LONGEST);
        Path path = file;
        if (path == null) {
            standardError.println(event);
            return;
        }
        try {
            append(path, Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + event + System.lineSeparator());
            told = false;
        } catch (IOException full) {
            if (!told) {
                told = true;
                standardError.println("inferwatt: " + LogLevel.WARN + " log.file " + path + " takes no lines (" + full
                        + "); they are on standard error until it does");
            }
            standardError.println(event);
        }
    }

    /**
     * Lines are rare, so the file is opened for each: it may be moved away, deleted or full meanwhile, and no interrupt closes it for good.
     * A pipe or device is opened once: opening a pipe that nobody reads any more would wait for ever, and on a thread of the application.
     */
    private void append(Path path, String line) throws IOException {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        OutputStream opened = device;
        if (opened != null) {
            opened.write(bytes);
        } else if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new IOException("it is no regular file any more");
        } else {
            try (FileOutputStream out = new FileOutputStream(path.toFile(), true)) {
                out.write(bytes);
            }
        }
    }
}
