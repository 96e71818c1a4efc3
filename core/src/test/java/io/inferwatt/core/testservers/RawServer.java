package io.inferwatt.core.testservers;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server on loopback that takes connections and behaves badly: it says nothing, or never comes to an end. */
public final class RawServer implements AutoCloseable {

    private static final long PAUSE_NANOS = 20_000_000;

    private final ServerSocket socket;
    private final byte[] begin;
    private final byte[] drop;
    private final CountDownLatch closedByClient = new CountDownLatch(1);
    private volatile boolean closed;

    private RawServer(String begin, String drop) {
        this.begin = begin.getBytes(StandardCharsets.US_ASCII);
        this.drop = drop.getBytes(StandardCharsets.US_ASCII);
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
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
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    /** Waits until a client has closed its connection. */
    public boolean awaitClosedByClient() throws InterruptedException {
        return closedByClient.await(20, TimeUnit.SECONDS);
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = socket.accept();
                daemon(() -> answer(client));
            } catch (IOException end) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client;
                OutputStream out = client.getOutputStream()) {
            out.write(begin);
            while (!closed) {
                LockSupport.parkNanos(PAUSE_NANOS);
                out.write(drop);
            }
        } catch (IOException gone) {
            closedByClient.countDown();
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
