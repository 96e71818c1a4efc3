package io.inferwatt.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The right to write a file, held by a lock on an empty file beside it, {@code name.lock}, which nobody reads: closing any channel on a file
 * gives up all locks that the process has on it (POSIX), so that one reader in the same JVM would end a lock on the file itself. The lock file
 * stays when its holder goes, since whoever deletes it may delete that of the next one. Safe from all threads.
 */
public final class LockFile implements AutoCloseable {

    private static final String SUFFIX = ".lock";

    /** Closing one would give up every lock that this JVM has on that file. */
    private static final List<FileChannel> NEVER_CLOSED = new CopyOnWriteArrayList<>();

    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path held;
    private final Path lockFile;
    private final FileChannel channel;
    private final Object key;

    private LockFile(Path held, Path lockFile, FileChannel channel, Object key) {
        this.held = held;
        this.lockFile = lockFile;
        this.channel = channel;
        this.key = key;
    }

    /** Returns whether a file is one that holds such a lock. */
    public static boolean isOne(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    /**
     * Takes the right to write a file, which need not be there; empty if somebody else has it, in this JVM or another one.
     *
     * @throws IOException if the file beside it cannot be opened or locked
     */
    public static Optional<LockFile> tryLock(Path file) throws IOException {
        Path held = file.toAbsolutePath().normalize();
        synchronized (HELD_HERE) {
            if (!HELD_HERE.add(held)) {
                return Optional.empty();
            }
        }
        Optional<LockFile> locked = Optional.empty();
        try {
            locked = tryLock(held, held.resolveSibling(held.getFileName() + SUFFIX));
            return locked;
        } finally {
            if (locked.isEmpty()) {
                synchronized (HELD_HERE) {
                    HELD_HERE.remove(held);
                }
            }
        }
    }

    private static Optional<LockFile> tryLock(Path held, Path lockFile) throws IOException {
        FileChannel channel = OwnFiles.open(
                lockFile, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        boolean close = true;
        try {
            if (channel.tryLock() != null) {
                LockFile locked = new LockFile(held, lockFile, channel, keyOf(lockFile));
                close = false;
                return Optional.of(locked);
            }
        } catch (OverlappingFileLockException anotherNameOfIt) {
            NEVER_CLOSED.add(channel);
            close = false;
        } finally {
            if (close) {
                channel.close();
            }
        }
        return Optional.empty();
    }

    /** Returns what tells this file from another one of the same name; the name alone where the system has nothing better. */
    private static Object keyOf(Path file) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file : key;
    }

    /** Returns whether the lock still keeps others off: whoever looks after the folder may have deleted its file, and others make another one. */
    public boolean isInForce() throws IOException {
        try {
            return keyOf(lockFile).equals(key);
        } catch (NoSuchFileException deleted) {
            return false;
        }
    }

    /** Gives the right up. A second time it does nothing. */
    @Override
    public void close() throws IOException {
        synchronized (HELD_HERE) {
            if (channel.isOpen()) {
                try {
                    channel.close(); // first: who finds the name free must find the lock free
                } finally {
                    HELD_HERE.remove(held);
                }
            }
        }
    }
}
