package io.inferwatt.it.servers;

import org.junit.jupiter.api.Assumptions;

/** Skips tests whose servers are not installed, and says so. */
public final class Servers {

    private Servers() {}

    /** Ends the test as skipped if one of these is not installed; the reason is printed too, since reports hide it. */
    public static void assumeInstalled(RealServer... servers) {
        for (RealServer server : servers) {
            boolean installed = server.path().isPresent();
            if (!installed) {
                System.err.println("skipped: " + server.missing());
            }
            Assumptions.assumeTrue(installed, server.missing());
        }
    }
}
