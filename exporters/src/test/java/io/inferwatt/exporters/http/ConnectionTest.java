package io.inferwatt.exporters.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectionTest {

    private static final int FAR_TOO_OFTEN = 10_000;

    private final Queue<Runnable> laters = new ArrayDeque<>();
    private final List<FutureTask<?>> handshakes = new ArrayList<>();
    private Selector selector;
    private SocketChannel channel;

    @BeforeEach
    void open() throws IOException {
        selector = Selector.open();
        channel = SocketChannel.open();
        channel.configureBlocking(false);
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        selector.close();
    }

    private Connection connection(Wire wire) throws IOException {
        Responder responder =
                new Responder(Map.of(), new HostNames(List.of(), false), null, false, new ArrayList<String>()::add);
        return new Connection(
                channel, channel.register(selector, 0), wire, "a", Limits.LOOPBACK, responder, new FakeDesk());
    }

    /** Else one client with a fast network would keep the only thread to itself. */
    @Test
    void clientThatHasAlwaysMore_getsOnAfterTheOthers() throws IOException {
        EndlessWire wire = new EndlessWire();
        Connection connection = connection(wire);
        connection.proceed();
        assertThat(wire.discarded).isBetween(1, 20);
        assertThat(laters).hasSize(1);
        laters.remove().run();
        assertThat(wire.discarded).isBetween(2, 40);
        assertThat(laters).hasSize(1);
        assertThat(connection.isClosed()).isFalse();
    }

    @Test
    void connectionWhoseHandshakeWeCompute_givesNoWay() throws IOException {
        Connection connection = connection(new BusyWire());
        connection.proceed();
        assertThat(handshakes).hasSize(1);
        assertThat(connection.waitsForClient()).isFalse();
        handshakes.get(0).run();
        laters.remove().run();
        assertThat(handshakes)
                .as("once done it goes on, and this wire has work again")
                .hasSize(2);
        connection.abort();
        assertThat(handshakes.get(1).isCancelled()).isTrue();
    }

    /** A client that sends refused requests and more and more. */
    private static class EndlessWire implements Wire {

        int discarded;

        @Override
        public int open() {
            return OPEN;
        }

        @Override
        public Runnable work() {
            return () -> {};
        }

        @Override
        public ByteBuffer read() throws IOException {
            return ByteBuffer.wrap("DELETE / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
        }

        @Override
        public boolean write(ByteBuffer[] bytes) {
            return true;
        }

        @Override
        public int discard() throws IOException {
            if (++discarded > FAR_TOO_OFTEN) {
                throw new IOException("far too often without a turn of the others");
            }
            return 1;
        }

        @Override
        public long taken() {
            return 0;
        }

        @Override
        public void end() {
            // nobody to tell
        }
    }

    private static final class BusyWire extends EndlessWire {

        @Override
        public int open() {
            return BUSY;
        }
    }

    private final class FakeDesk implements Connection.Desk {

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public long epochSeconds() {
            return 0;
        }

        @Override
        public boolean isCrowded() {
            return false;
        }

        @Override
        public Future<?> work(Runnable task) {
            return new FutureTask<>(task, null);
        }

        @Override
        public Future<?> handshake(Runnable task) {
            FutureTask<?> waiting = new FutureTask<>(task, null);
            handshakes.add(waiting);
            return waiting;
        }

        @Override
        public void later(Runnable task) {
            laters.add(task);
        }
    }
}
