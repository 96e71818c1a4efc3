package io.inferwatt.exporters.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Bytes as they are. */
final class PlainWire implements Wire {

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
        channel.write(bytes);
        return !bytes[bytes.length - 1].hasRemaining() && !bytes[0].hasRemaining();
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
