package io.inferwatt.it.faults;

import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who may do what with a file, for JVMs that a superuser starts as well: without the right to overrule, they may what the file says. */
final class Permissions {

    private static final String[] WITHOUT_OVERRULING = {"setpriv", "--bounding-set=-dac_override,-dac_read_search"};

    private Permissions() {}

    /** Has a JVM run so that permissions bind it. */
    static Launch bite(Launch launch) throws IOException {
        if (!System.getProperty("user.name").equals("root")) {
            return launch;
        }
        List<String> probe = new ArrayList<>(List.of(WITHOUT_OVERRULING));
        probe.add("true");
        try (AgentRun run = AgentRun.start(probe, Map.of())) {
            if (run.exitCode() == 0) {
                return launch.under(WITHOUT_OVERRULING);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException missing) {
            // told below
        }
        System.out.println("permissions do not bind this user, and there is no setpriv that takes the right to overrule"
                + " them: files that may not be read or written are no fault here");
        return launch;
    }

    /** Sets who may what, as in {@code rw-r--r--}; nothing where the file is not there, or a link. */
    static void set(Path file, String permissions) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(file)) {
            try {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            } catch (NoSuchFileException gone) {
                // the JVM has put another one in its place meanwhile, or will
            }
        }
    }
}
