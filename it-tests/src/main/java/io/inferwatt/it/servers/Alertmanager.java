package io.inferwatt.it.servers;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An Alertmanager on a free port of the loopback interface, alone: no cluster. Safe to ask from many threads. */
public final class Alertmanager implements AutoCloseable {

    private static final String FILE = "alertmanager.yml";

    private final ServerRun run;
    private final Web web;

    private Alertmanager(ServerRun run) {
        this.run = run;
        web = new Web(run.address());
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param folder for its file and its data
     * @param config YAML: route and receivers
     * @throws IOException with its last lines if it does not become ready, or if it is not installed
     */
    public static Alertmanager start(Path folder, String config) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(FILE), config);
        return new Alertmanager(ServerRun.start(
                RealServer.ALERTMANAGER,
                folder,
                List.of(
                        "--config.file=" + FILE,
                        "--storage.path=data",
                        "--web.listen-address=127.0.0.1:0",
                        "--cluster.listen-address=")));
    }

    /** Returns the address, without a path. */
    public URI address() {
        return run.address();
    }

    /** Returns the alerts that are active now, an array. */
    public JsonNode alerts() throws IOException {
        return web.json("/api/v2/alerts", "active", "true");
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
