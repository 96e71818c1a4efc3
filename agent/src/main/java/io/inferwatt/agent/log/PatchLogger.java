package io.inferwatt.agent.log;

import java.text.MessageFormat;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stands in for {@code java.util.logging.Logger} in the agent's libraries: the packaging rewrites their references to this
 * class. Has the methods they use. Everything goes to the agent's log at debug level.
 */
public final class PatchLogger {

    private final String name;

    private PatchLogger(String name) {
        this.name = name;
    }

    public static PatchLogger getLogger(String name) {
        return new PatchLogger(name);
    }

    public static PatchLogger getLogger(String name, @Nullable String resourceBundle) {
        return new PatchLogger(name);
    }

    public static PatchLogger getAnonymousLogger() {
        return new PatchLogger("anonymous");
    }

    public static PatchLogger getGlobal() {
        return new PatchLogger("global");
    }

    public String getName() {
        return name;
    }

    public @Nullable Level getLevel() {
        return null;
    }

    public void setLevel(@Nullable Level level) {}

    public boolean isLoggable(Level level) {
        return AgentLog.isDebug() && level.intValue() >= Level.INFO.intValue();
    }

    public void log(LogRecord event) {
        write(event.getLevel(), event.getMessage(), event.getParameters(), event.getThrown());
    }

    public void log(Level level, @Nullable String message) {
        write(level, message, null, null);
    }

    public void log(Level level, Supplier<String> message) {
        if (isLoggable(level)) {
            write(level, message.get(), null, null);
        }
    }

    public void log(Level level, @Nullable String message, @Nullable Object parameter) {
        write(level, message, new Object[] {parameter}, null);
    }

    public void log(Level level, @Nullable String message, @Nullable Object @Nullable [] parameters) {
        write(level, message, parameters, null);
    }

    public void log(Level level, @Nullable String message, @Nullable Throwable thrown) {
        write(level, message, null, thrown);
    }

    public void severe(@Nullable String message) {
        log(Level.SEVERE, message);
    }

    public void warning(@Nullable String message) {
        log(Level.WARNING, message);
    }

    public void info(@Nullable String message) {
        log(Level.INFO, message);
    }

    public void config(@Nullable String message) {
        log(Level.CONFIG, message);
    }

    public void fine(@Nullable String message) {
        log(Level.FINE, message);
    }

    public void finer(@Nullable String message) {
        log(Level.FINER, message);
    }

    public void finest(@Nullable String message) {
        log(Level.FINEST, message);
    }

    private void write(
            Level level,
            @Nullable String message,
            @Nullable Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        if (!isLoggable(level)) {
            return;
        }
        String text = message == null || parameters == null || parameters.length == 0
                ? String.valueOf(message)
                : MessageFormat.format(message, parameters);
        AgentLog.debug(
                name + " " + level.getName() + " " + (thrown == null ? text : text + ": " + AgentLog.describe(thrown)));
    }
}
