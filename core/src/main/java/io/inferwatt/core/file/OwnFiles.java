package io.inferwatt.core.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that the meter makes are for the user that it runs as, mode 0600, whatever the umask; one that is there keeps the mode that
 * somebody gave it. On systems without such modes their own rules are left alone. Safe from all threads.
 */
public final class OwnFiles {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private OwnFiles() {}

    /** Opens a file, which is made where the options say so. */
    public static FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException {
        return hasModes(file)
                ? FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))
                : FileChannel.open(file, options);
    }

    /** Returns the mode of a file, null where it cannot be known. */
    public static @Nullable Set<PosixFilePermission> mode(Path file) {
        try {
            return hasModes(file) ? Files.getPosixFilePermissions(file) : null;
        } catch (IOException goneOrForbidden) {
            return null;
        }
    }

    /** Gives a file the mode that {@link #mode(Path)} told of another; where it may not, the file keeps its own. */
    public static void mode(Path file, @Nullable Set<PosixFilePermission> mode) {
        try {
            if (mode != null) {
                Files.setPosixFilePermissions(file, mode);
            }
        } catch (IOException goneOrForbidden) {
            // Then those who could read the one before cannot read this one, and what is written is not lost.
        }
    }

    private static boolean hasModes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
