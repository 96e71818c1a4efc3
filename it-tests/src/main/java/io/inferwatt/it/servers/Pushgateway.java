package io.inferwatt.it.servers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Pushgateway on a free port of the loopback interface, its data in memory. Safe to ask from many threads. */
public final class Pushgateway implements AutoCloseable {

    private final ServerRun run;
    private final Web web;

    private Pushgateway(ServerRun run) {
        this.run = run;
        web = new Web(run.address());
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param folder that it works in
     * @throws IOException with its last lines if it does not become ready, or if it is not installed
     */
    public static Pushgateway start(Path folder) throws IOException {
        Files.createDirectories(folder);
        return new Pushgateway(ServerRun.start(
                RealServer.PUSHGATEWAY,
                folder,
                List.of("--web.listen-address=127.0.0.1:0", "--persistence.file="))); // Debian's default is a file
    }

    /** Returns the address, without a path. */
    public URI address() {
        return run.address();
    }

    /** Returns what it exposes to Prometheus now: all groups, and its metrics of itself. */
    public String metrics() throws IOException {
        return web.text("/metrics");
    }

    /** Returns all groups as they were pushed, an array. */
    public JsonNode groups() throws IOException {
        return web.json("/api/v1/metrics").get("data");
    }

    /** Returns the last lines that the server wrote. */
    public String log() {
        return run.log();
    }

    @Override
    public void close() {
        run.close();
    }

    @Override
    public String toString() {
        return run.toString();
    }
}
