package io.inferwatt.exporters.http.secrets;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Something made of files, made anew when they have changed. What cannot be made of the new ones leaves the old in force
 * and is told once for each change. Safe from all threads.
 */
public final class Reloading<T> {

    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final List<SecretFile> files;
    private final Loader<T> loader;
    private final Consumer<String> warnings;
    private final LongSupplier nanoTime;
    private final AtomicLong lookedNanos;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile T value;
    private volatile String signature;

    /**
     * Reads the files for the first time.
     *
     * @throws BadSecretException if nothing can be made of them
     */
    public Reloading(List<SecretFile> files, Loader<T> loader, Consumer<String> warnings, LongSupplier nanoTime)
            throws BadSecretException {
        this.files = List.copyOf(files);
        this.loader = loader;
        this.warnings = warnings;
        this.nanoTime = nanoTime;
        lookedNanos = new AtomicLong(nanoTime.getAsLong());
        signature = signature();
        value = loader.load();
    }

    /** Returns what is in force, without a look at the files. */
    public T latest() {
        return value;
    }

    /** Tells whether the last look at the files is long enough ago for another one. */
    public boolean isDue() {
        return nanoTime.getAsLong() - lookedNanos.get() >= BETWEEN_NANOS;
    }

    /** Looks at the files if it is time to, and returns what is in force then. */
    public T current() {
        if (isDue() && looking.compareAndSet(false, true)) {
            try {
                lookedNanos.set(nanoTime.getAsLong());
                look();
            } finally {
                looking.set(false);
            }
        }
        return value;
    }

    private void look() {
        String now = signature();
        if (now.equals(signature)) {
            return;
        }
        signature = now;
        try {
            value = loader.load();
        } catch (BadSecretException e) {
            warnings.accept(e.getMessage() + "; what was read before stays in force");
        }
    }

    private String signature() {
        StringBuilder all = new StringBuilder();
        for (SecretFile file : files) {
            all.append(file.signature()).append('\n');
        }
        return all.toString();
    }

    /** Makes the value of the files' present content. */
    @FunctionalInterface
    public interface Loader<T> {

        T load() throws BadSecretException;
    }
}
