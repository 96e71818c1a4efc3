package io.inferwatt.exporters.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Bytes as they are. */
final class PlainWire implements Wire {

    /** The JDK copies all that it is given to memory outside the heap, which it keeps, before it finds out how much goes. */
    private static final int WRITE_BYTES = 64 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer shared;
    private long taken;

    /** @param shared for what has come; used by all wires of the thread in turn */
    PlainWire(SocketChannel channel, ByteBuffer shared) {
        this.channel = channel;
        this.shared = shared;
    }

    @Override
    public int open() {
        return OPEN;
    }

    @Override
    public @Nullable Runnable work() {
        return null;
    }

    @Override
    public @Nullable ByteBuffer read() throws IOException {
        return discard() < 0 ? null : shared.flip();
    }

    @Override
    public int discard() throws IOException {
        shared.clear();
        int count = channel.read(shared);
        taken += Math.max(0, count);
        return count;
    }

    @Override
    public boolean write(ByteBuffer[] bytes) throws IOException {
        ByteBuffer body = bytes[bytes.length - 1];
        int end = body.limit();
        long gone = 1;
        while (gone > 0 && (body.hasRemaining() || bytes[0].hasRemaining())) {
            body.limit(Math.min(end, body.position() + WRITE_BYTES));
            gone = channel.write(bytes);
            body.limit(end);
        }
        return !body.hasRemaining() && !bytes[0].hasRemaining();
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public void end() throws IOException {
        channel.shutdownOutput();
    }
}
