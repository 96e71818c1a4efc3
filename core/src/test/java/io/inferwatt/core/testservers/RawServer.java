package io.inferwatt.core.testservers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server on loopback that takes connections and behaves badly: it says nothing, or never comes to an end. */
public final class RawServer implements AutoCloseable {

    private static final long PAUSE_NANOS = 20_000_000;

    private final Connections connections = Connections.open("raw-server");
    private final byte[] begin;
    private final byte[] drop;
    private final CountDownLatch closedByClient = new CountDownLatch(1);

    private RawServer(String begin, String drop) {
        this.begin = begin.getBytes(StandardCharsets.US_ASCII);
        this.drop = drop.getBytes(StandardCharsets.US_ASCII);
        connections.serveBy(this::answer);
    }

    /** Accepts and never answers. */
    public static RawServer silent() {
        return new RawServer("", "");
    }

    /** Sends the begin, then the drop again and again, with pauses. */
    public static RawServer dripping(String begin, String drop) {
        return new RawServer(begin, drop);
    }

    public URI uri() {
        return connections.uri().resolve("/");
    }

    /** Waits until a client has closed its connection. */
    public boolean awaitClosedByClient() throws InterruptedException {
        return closedByClient.await(20, TimeUnit.SECONDS);
    }

    private void answer(Socket client) {
        try {
            OutputStream out = client.getOutputStream();
            out.write(begin);
            while (!connections.areClosed()) {
                LockSupport.parkNanos(PAUSE_NANOS);
                out.write(drop);
            }
        } catch (IOException gone) {
            closedByClient.countDown();
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
