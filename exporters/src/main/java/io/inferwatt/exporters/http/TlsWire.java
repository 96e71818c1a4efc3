package io.inferwatt.exporters.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes behind TLS. Between two calls a connection keeps only what it has to: part of a record that came, and of one that has not
 * gone; whole buffers belong to the thread.
 */
final class TlsWire implements Wire {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final Buffers shared;
    private ByteBuffer rest = NOTHING;
    private ByteBuffer out = NOTHING;
    private boolean begun;
    private boolean opened;
    private boolean ended;
    private long taken;

    TlsWire(SocketChannel channel, SSLEngine engine, Buffers shared) {
        this.channel = channel;
        this.engine = engine;
        this.shared = shared;
    }

    /**
     * The buffers of one thread.
     *
     * @param net for what comes: a record not yet complete and the next
     * @param plain for what is in a record
     * @param out for one record that goes
     */
    record Buffers(ByteBuffer net, ByteBuffer plain, ByteBuffer out) {

        static Buffers fitting(SSLEngine engine) {
            int packet = engine.getSession().getPacketBufferSize();
            return new Buffers(
                    ByteBuffer.allocate(2 * packet),
                    ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()),
                    ByteBuffer.allocate(packet));
        }
    }

    @Override
    public int open() throws IOException {
        try {
            if (!begun) {
                begun = true;
                engine.beginHandshake(); // else it says that it has nothing to do
            }
            while (!opened) {
                if (!flush()) {
                    return SelectionKey.OP_WRITE;
                }
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_TASK) {
                    return BUSY;
                } else if (status == HandshakeStatus.NEED_WRAP) {
                    wrap(NOTHING);
                } else if (status == HandshakeStatus.NEED_UNWRAP) {
                    if (!unwrapHandshake()) {
                        return SelectionKey.OP_READ;
                    }
                } else {
                    opened = true;
                }
            }
            return OPEN;
        } catch (SSLException e) {
            throw alerted(e);
        }
    }

    /** Returns false if more has to come first. */
    private boolean unwrapHandshake() throws IOException {
        int count = load();
        shared.plain.clear();
        SSLEngineResult result = engine.unwrap(shared.net, shared.plain);
        store();
        if (result.getStatus() == Status.CLOSED || (result.getStatus() == Status.BUFFER_UNDERFLOW && count < 0)) {
            throw new EOFException("the client left during the handshake");
        }
        return result.getStatus() == Status.OK || count > 0;
    }

    @Override
    public Runnable work() {
        return () -> {
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
        };
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        try {
            int count = load();
            shared.plain.clear();
            unwrap();
            store();
            shared.plain.flip();
            return shared.plain.hasRemaining() || (count >= 0 && !ended) ? shared.plain : null;
        } catch (SSLException e) {
            throw alerted(e);
        }
    }

    /** Unwraps as many records as are complete and fit. */
    private void unwrap() throws IOException {
        boolean more = true;
        while (more && !ended) {
            SSLEngineResult result = engine.unwrap(shared.net, shared.plain);
            ended = result.getStatus() == Status.CLOSED;
            more = result.getStatus() == Status.OK && result.bytesConsumed() > 0;
            HandshakeStatus status = result.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                throw new SSLException("the client wants a new handshake");
            }
            // A change of keys is answered; one that does not go at once goes with the next answer.
            if (status == HandshakeStatus.NEED_WRAP && !ended && flush()) {
                wrap(NOTHING);
            }
        }
    }

    @Override
    public int discard() throws IOException {
        rest = NOTHING;
        return load();
    }

    /** Puts what is left and what has come into the thread's buffer, and returns how much came, negative at the end. */
    private int load() throws IOException {
        shared.net.clear().put(rest);
        int count = channel.read(shared.net);
        taken += Math.max(0, count);
        shared.net.flip();
        return count;
    }

    private void store() {
        rest = copy(shared.net);
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return bytes.hasRemaining()
                ? ByteBuffer.allocate(bytes.remaining()).put(bytes).flip()
                : NOTHING;
    }

    @Override
    public boolean write(ByteBuffer[] bytes) throws IOException {
        while (flush()) {
            if (!bytes[0].hasRemaining() && !bytes[bytes.length - 1].hasRemaining()) {
                return true;
            }
            wrap(bytes);
        }
        return false;
    }

    private void wrap(ByteBuffer... bytes) throws IOException {
        shared.out.clear();
        SSLEngineResult result = engine.wrap(bytes, shared.out);
        if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
            throw new EOFException("the client has ended TLS");
        }
        shared.out.flip();
        channel.write(shared.out);
        out = copy(shared.out);
    }

    private boolean flush() throws IOException {
        if (out.hasRemaining()) {
            channel.write(out);
        }
        return !out.hasRemaining();
    }

    /** Tells the client why, as far as that goes at once. */
    private SSLException alerted(SSLException cause) {
        try {
            if (flush()) {
                wrap(NOTHING);
            }
        } catch (IOException gone) {
            cause.addSuppressed(gone);
        }
        return cause;
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public void end() throws IOException {
        engine.closeOutbound();
        if (flush()) {
            wrap(NOTHING);
        }
        channel.shutdownOutput();
    }
}
