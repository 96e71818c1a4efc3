package io.inferwatt.core.budget;

import io.inferwatt.core.budget.StateText.UnreadableException;
import io.inferwatt.core.file.OwnFiles;
import io.inferwatt.core.input.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps consumption over a restart. A write that is cut off at any moment leaves the older state: the new one is written beside it, forced
 * to the disk, and takes its place in one step. What fails is told once, counted, and consumption is kept in memory.
 */
final class StateFile implements AutoCloseable {

    private static final int LARGEST_BYTES = 4 << 20;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT);

    private final Path first;
    private final Clock clock;
    private final Consumer<String> warnings;
    private final AtomicLong failures = new AtomicLong();
    private volatile StateFolder.@Nullable Claim claim;
    private boolean told;
    private String written = "";

    private StateFile(Path first, Clock clock, Consumer<String> warnings) {
        this.first = first;
        this.clock = clock;
        this.warnings = warnings;
    }

    /**
     * Takes the first file that no other JVM uses. Never throws.
     *
     * @param ownersOnly whether the folder must be this user's alone
     */
    static StateFile open(Path first, boolean ownersOnly, Clock clock, Consumer<String> warnings) {
        StateFile file = new StateFile(first, clock, warnings);
        try {
            StateFolder.prepare(first, ownersOnly);
            if (Files.exists(first) && !Files.isRegularFile(first)) {
                file.failed("it is no regular file; allowed: a path at which there is one, or nothing yet");
                return file; // nothing of others is moved aside
            }
            Optional<StateFolder.Claim> claim = StateFolder.claim(first);
            if (claim.isPresent()) {
                file.claim = claim.get();
            } else {
                file.failed("all of it and its numbered neighbours are in use");
            }
        } catch (IOException | RuntimeException refused) {
            file.failed(describe(refused));
        }
        return file;
    }

    /** Returns the file that is written; that of the settings if there is none. */
    Path path() {
        StateFolder.Claim current = claim;
        return current == null ? first : current.file();
    }

    /** Returns whether there is a file at all. */
    boolean isOpen() {
        return claim != null;
    }

    long failures() {
        return failures.get();
    }

    /** Returns what an earlier JVM has left. What cannot be read is set aside and told. */
    synchronized List<SavedBudget> read() {
        if (claim == null) {
            return List.of();
        }
        try {
            if (Files.size(claim.file()) > LARGEST_BYTES) {
                throw new UnreadableException("it is larger than " + LARGEST_BYTES + " bytes");
            }
            return StateText.read(new String(SmallFile.bytes(claim.file(), LARGEST_BYTES), StandardCharsets.UTF_8));
        } catch (NoSuchFileException firstTime) {
            return List.of();
        } catch (IOException | UnreadableException broken) {
            setAside(claim.file(), describe(broken));
            return List.of();
        }
    }

    private void setAside(Path file, String why) {
        failures.incrementAndGet();
        Path aside = file.resolveSibling(
                file.getFileName() + ".corrupt-" + TIME.format(clock.instant().atOffset(ZoneOffset.UTC)));
        String instead;
        try {
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            instead = "it is set aside as " + aside.getFileName();
        } catch (IOException refused) {
            instead = "it cannot be set aside (" + describe(refused) + ")";
        }
        warnings.accept("state of budgets " + file + " cannot be used: " + why + "; " + instead
                + ", and budgets begin with nothing consumed");
    }

    /** Writes if anything has changed since the last time. */
    synchronized void write(List<SavedBudget> budgets) {
        if (claim == null) {
            return;
        }
        String text = StateText.write(budgets);
        if (text.equals(written)) {
            return;
        }
        Path file = claim.file();
        Path next = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            writeThrough(next, text);
            OwnFiles.mode(next, OwnFiles.mode(file)); // somebody may have given the file another one
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            written = text;
            forceFolder(file);
        } catch (IOException | RuntimeException refused) {
            failed(describe(refused));
            deleteQuietly(next);
        }
    }

    private static void writeThrough(Path file, String text) throws IOException {
        try (FileChannel channel = OwnFiles.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS))) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** Makes the new name last; systems that cannot do so need not. */
    private static void forceFolder(Path file) {
        Path folder = file.getParent();
        if (folder != null) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException notOnThisSystem) {
                // The file itself is on the disk; only a power cut right now could bring the older one back.
            }
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException refused) {
            // The next write begins it anew.
        }
    }

    private synchronized void failed(String why) {
        failures.incrementAndGet();
        if (!told) {
            told = true;
            warnings.accept("state of budgets " + path() + " cannot be written: " + why
                    + "; consumption is kept in memory and lost at a restart; further failures are counted,"
                    + " not logged");
        }
    }

    private static String describe(Exception e) {
        return e instanceof UnreadableException ? String.valueOf(e.getMessage()) : e.toString();
    }

    /** Lets another JVM have the file. */
    @Override
    public synchronized void close() {
        if (claim != null) {
            try {
                claim.close();
            } catch (IOException gone) {
                // The system gives the lock up when this JVM ends.
            }
            claim = null;
        }
    }
}
