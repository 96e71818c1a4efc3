package io.inferwatt.core.budget;

import io.inferwatt.core.file.LockFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/** Where state files lie, and which of them is this JVM's: the first of its service that no other JVM has locked. */
final class StateFolder {

    /** More JVMs of one service on one machine, and something else is wrong. */
    private static final int MOST_FILES = 100;

    private static final int LONGEST_NAME = 80;

    private StateFolder() {}

    /**
     * A state file that nobody else uses until it is closed.
     *
     * @param number 1 for the first JVM of a service, 2 for the second
     */
    record Claim(Path file, int number, LockFile lock) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }

    /**
     * Returns where the state of a service is kept unless the settings say otherwise.
     *
     * @param temporary folder for temporary files
     * @param user name of the user that this JVM runs as
     */
    static Path defaultFile(Path temporary, String user, String service) {
        return temporary
                .resolve("inferwatt-" + fileName(user))
                .resolve(fileName(service.isBlank() ? "default" : service) + ".budgets");
    }

    /** Names that a file system does not take become others that are different for different names. */
    private static String fileName(String name) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < Math.min(LONGEST_NAME, name.length()); i++) {
            char c = name.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            safe.append(plain || c == '-' || c == '_' || (c == '.' && i > 0) ? c : '_');
        }
        if (safe.toString().equals(name)) {
            return name;
        }
        CRC32 crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        return safe + "-" + Long.toHexString(crc.getValue());
    }

    /**
     * Makes the folder of a file, and of the default place makes sure that it is this user's alone: where everybody may write, somebody
     * else may have made it before.
     */
    static void prepare(Path file, boolean ownersOnly) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        if (!ownersOnly) {
            Files.createDirectories(folder);
            return;
        }
        boolean posix = Files.getFileStore(existing(folder)).supportsFileAttributeView(PosixFileAttributeView.class);
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(existing(folder));
            try {
                if (posix) {
                    Files.createDirectory(
                            folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectory(folder);
                }
            } catch (FileAlreadyExistsException another) {
                // Made by another JVM at this very moment; it is looked at like one that was there.
            }
        }
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(folder.toString(), null, "it is a link or no folder");
        }
        if (posix) {
            refuseOthers(folder);
        }
    }

    private static Path existing(Path folder) {
        Path parent = folder.getParent();
        return parent == null ? folder : parent;
    }

    private static void refuseOthers(Path folder) throws IOException {
        Set<PosixFilePermission> rights = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
        if (rights.contains(PosixFilePermission.GROUP_WRITE) || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new FileSystemException(folder.toString(), null, "others may write there");
        }
        Path probe = Files.createTempFile(folder, "owner", ".tmp");
        try {
            if (!Files.getOwner(probe).equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))) {
                throw new FileSystemException(folder.toString(), null, "it belongs to somebody else");
            }
        } finally {
            Files.delete(probe);
        }
    }

    /**
     * Takes the first free file: {@code first}, or that with {@code .2}, {@code .3} and so on; empty if all are taken. What is no regular
     * file, such as a folder or a pipe, is somebody else's and is passed over.
     */
    static Optional<Claim> claim(Path first) throws IOException {
        for (int number = 1; number <= MOST_FILES; number++) {
            Path file = first.toAbsolutePath().resolveSibling(first.getFileName() + (number == 1 ? "" : "." + number));
            Optional<Claim> claim = isOfOthers(file) ? Optional.empty() : tryClaim(file, number);
            if (claim.isPresent()) {
                return claim;
            }
        }
        return Optional.empty();
    }

    private static boolean isOfOthers(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }

    private static Optional<Claim> tryClaim(Path file, int number) throws IOException {
        return LockFile.tryLock(file).map(lock -> new Claim(file, number, lock));
    }
}
