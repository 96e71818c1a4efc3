package io.inferwatt.exporters.http;

import io.inferwatt.exporters.http.tls.TlsIdentity;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that touches connections. It never waits for a single one of them, and does nothing that takes long, so a
 * client that stalls costs its place and nothing else. Without connections it sleeps.
 */
final class EndpointLoop implements Runnable, Connection.Desk {

    private static final int ACCEPTS_IN_A_TURN = 64;
    private static final int READ_BYTES = 16 * 1024;
    /** Bounds what the kernel keeps for clients that do not read. */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;
    /** Accepting fails when the process has no file descriptors left, and would fail again at once. */
    private static final long AFTER_FAILURE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    /** All clients are being answered, which takes milliseconds; further ones wait in the kernel's queue. */
    private static final long WHEN_FULL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ServerSocketChannel server;
    private final Selector selector;
    private final SelectionKey accepting;
    private final Limits limits;
    private final Responder responder;
    private final Workers workers;
    private final Handshakes handshakes;
    private final @Nullable TlsIdentity tls;
    private final Consumer<String> warnings;
    private final Connections connections;
    private final Queue<Runnable> laters = new ConcurrentLinkedQueue<>();
    private final ByteBuffer shared;
    private final TlsWire.@Nullable Buffers sharedTls;
    private long waitMillis;
    private boolean told;
    private boolean paused;
    private long resumeNanos;
    private volatile boolean closed;

    /** @param server bound and not blocking; closed at the end */
    EndpointLoop(
            ServerSocketChannel server,
            Selector selector,
            Limits limits,
            Responder responder,
            Workers workers,
            @Nullable TlsIdentity tls,
            Consumer<String> warnings)
            throws IOException {
        this.server = server;
        this.selector = selector;
        this.limits = limits;
        this.responder = responder;
        this.workers = workers;
        handshakes = new Handshakes(workers);
        this.tls = tls;
        this.warnings = warnings;
        connections = new Connections(limits);
        shared = ByteBuffer.allocate(tls == null ? READ_BYTES : 0);
        sharedTls = tls == null ? null : TlsWire.Buffers.fitting(tls.engine());
        accepting = server.register(selector, SelectionKey.OP_ACCEPT);
    }

    @Override
    public void run() {
        try (server;
                selector) {
            while (!closed) {
                try {
                    turn();
                } catch (Throwable broken) {
                    goOn(broken);
                }
            }
        } catch (IOException e) {
            // nothing more can be done about it
        } finally {
            connections.closeAll();
        }
    }

    private void turn() throws IOException {
        selector.select(this::ready, waitMillis);
        // No more than wait now: what comes meanwhile gets on after the clients that have something to ask.
        for (int left = laters.size(); left > 0; left--) {
            Runnable later = laters.poll();
            if (later != null) {
                later.run();
            }
        }
        waitMillis = timeoutMillis(nanoTime());
    }

    /** Whatever fails in one turn, such as for want of memory, must not end the endpoint. */
    private void goOn(Throwable broken) {
        waitMillis = 1;
        LockSupport.parkNanos(AFTER_FAILURE_NANOS);
        if (told || closed) {
            return;
        }
        try {
            warnings.accept("http: the endpoint met an error (" + broken
                    + ") and goes on, some connections may be lost; further ones are not logged");
            told = true;
        } catch (Throwable still) {
            // it is told when there is memory for it
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key == accepting) {
                accept();
            } else if (key.attachment() instanceof Connection connection) {
                connection.proceed();
            }
        } catch (CancelledKeyException gone) {
            // closed by an event before this one
        }
    }

    private void accept() {
        for (int i = 0; i < ACCEPTS_IN_A_TURN; i++) {
            if (!connections.couldMakeRoom()) {
                pause(WHEN_FULL_NANOS);
                return;
            }
            try {
                SocketChannel channel = server.accept();
                if (channel == null) {
                    return;
                }
                admit(channel);
            } catch (IOException | RuntimeException | Error e) {
                pause(AFTER_FAILURE_NANOS);
                return;
            }
        }
    }

    private void pause(long nanos) {
        paused = true;
        resumeNanos = nanoTime() + nanos;
        accepting.interestOps(0);
    }

    private void admit(SocketChannel channel) throws IOException {
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
            Object client = client(((InetSocketAddress) channel.getRemoteAddress()).getAddress());
            if (!connections.makeRoom(client)) {
                channel.close();
                return;
            }
            SelectionKey key = channel.register(selector, 0);
            Connection connection = new Connection(channel, key, wire(channel), client, limits, responder, this);
            key.attach(connection);
            connections.add(connection);
            connection.proceed();
        } catch (IOException | RuntimeException | Error e) {
            channel.close(); // gone before it was welcomed
        }
    }

    private Wire wire(SocketChannel channel) {
        if (tls == null || sharedTls == null) {
            return new PlainWire(channel, shared);
        }
        if (tls.isDue()) {
            try {
                Future<?> unused = workers.work(tls::lookAtFiles); // it tells its failures
            } catch (RejectedExecutionException e) {
                // the next connection looks
            }
        }
        return new TlsWire(channel, tls.engine(), sharedTls);
    }

    /** Of IPv6 a client has a whole network: its first half is who it is. */
    private static Object client(InetAddress address) {
        return address instanceof Inet6Address
                ? ByteBuffer.wrap(Arrays.copyOf(address.getAddress(), Long.BYTES))
                : address;
    }

    /** Returns how long nothing has to be done unless something happens; 0 for ever. */
    private long timeoutMillis(long nowNanos) {
        long next = connections.expire(nowNanos);
        if (paused) {
            long left = resumeNanos - nowNanos;
            if (left <= 0) {
                paused = false;
                accepting.interestOps(SelectionKey.OP_ACCEPT);
            } else {
                next = next < 0 ? left : Math.min(next, left);
            }
        }
        return next < 0 ? 0 : TimeUnit.NANOSECONDS.toMillis(next) + 1;
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long epochSeconds() {
        return TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    }

    @Override
    public boolean isCrowded() {
        return connections.count() > limits.connections() * 3 / 4;
    }

    @Override
    public Future<?> work(Runnable task) {
        return workers.work(task);
    }

    @Override
    public Future<?> handshake(Runnable task) {
        return handshakes.work(task);
    }

    @Override
    public void later(Runnable task) {
        laters.add(task);
        try {
            selector.wakeup();
        } catch (ClosedSelectorException e) {
            // too late for it
        }
    }

    int connections() {
        return connections.count();
    }

    /** Tells the thread to end; it closes everything. */
    void end() {
        closed = true;
        selector.wakeup();
    }
}
