package io.inferwatt.exporters.http;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: requests in turn, one answer at a time, a deadline for each phase. While an answer is made or
 * sent nothing is read, so a client that sends more waits. Used by the loop's thread alone.
 */
final class Connection {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int GO_ON = -1;
    /** Far more than a handshake or a head has; empty records of TLS could go on for ever. */
    private static final int MOST_BYTES_IN_A_PHASE = 128 * 1024;
    /** As many as an honest request and its answer need; whoever has more to do gets on after the others had their turn. */
    private static final int STEPS_IN_A_TURN = 16;

    private enum Phase {
        OPENING,
        HEAD,
        IDLE,
        ANSWERING,
        SENDING,
        GOODBYE,
        CLOSED
    }

    private final SocketChannel channel;
    private final SelectionKey key;
    private final Wire wire;
    private final Object client;
    private final Limits limits;
    private final Responder responder;
    private final Desk desk;

    private Phase phase = Phase.OPENING;
    private long deadlineNanos;
    private long movedNanos;
    private long takenBefore;
    private HeadParser parser;
    private ByteBuffer rest = NOTHING;
    private ByteBuffer[] answer = {NOTHING};
    private boolean last;
    private @Nullable Future<?> task;

    /** @param client equal for connections from one place */
    Connection(
            SocketChannel channel,
            SelectionKey key,
            Wire wire,
            Object client,
            Limits limits,
            Responder responder,
            Desk desk) {
        this.channel = channel;
        this.key = key;
        this.wire = wire;
        this.client = client;
        this.limits = limits;
        this.responder = responder;
        this.desk = desk;
        parser = new HeadParser(limits);
        enter(Phase.OPENING, limits.handshake());
    }

    /** What a connection needs of its loop. */
    interface Desk {

        long nanoTime();

        long epochSeconds();

        /** Returns whether places are scarce. */
        boolean isCrowded();

        /** Runs something elsewhere; throws {@link RejectedExecutionException} when too much waits. */
        Future<?> work(Runnable task);

        /** Runs the arithmetic of a handshake elsewhere, when those before it are done; throws as {@link #work}. */
        Future<?> handshake(Runnable task);

        /** Runs something on the loop's thread, soon; may be called from any thread. */
        void later(Runnable task);
    }

    Object client() {
        return client;
    }

    long deadlineNanos() {
        return deadlineNanos;
    }

    /** Returns when this connection last got on. */
    long movedNanos() {
        return movedNanos;
    }

    boolean isClosed() {
        return phase == Phase.CLOSED;
    }

    /** Returns whether it may be closed for another: it waits for its client, not for us. */
    boolean waitsForClient() {
        return phase != Phase.ANSWERING && phase != Phase.CLOSED && task == null;
    }

    /** Does what can be done now, then waits for the next event. Never throws. */
    void proceed() {
        try {
            int operations = step();
            if (!isClosed()) {
                key.interestOps(operations);
            }
        } catch (IOException | RuntimeException | Error e) {
            abort(); // whatever it is, it is of this client alone
        }
    }

    private int step() throws IOException {
        int operations = GO_ON;
        for (int steps = 0; operations == GO_ON; steps++) {
            if (steps == STEPS_IN_A_TURN) {
                desk.later(this::proceed);
                return 0;
            }
            operations = switch (phase) {
                case OPENING -> open();
                case HEAD, IDLE -> readHead();
                case ANSWERING, CLOSED -> 0;
                case SENDING -> send();
                case GOODBYE -> discard();
            };
        }
        return operations;
    }

    private int open() throws IOException {
        int wanted = wire.open();
        if (wanted == Wire.OPEN) {
            enter(Phase.HEAD, limits.head());
            return GO_ON;
        }
        checkAmount();
        Runnable work = wanted == Wire.BUSY ? wire.work() : null;
        if (work == null) {
            return wanted;
        }
        task = desk.handshake(() -> {
            try {
                work.run();
            } finally {
                desk.later(this::worked);
            }
        });
        return 0;
    }

    private void worked() {
        if (phase == Phase.OPENING) {
            task = null;
            proceed();
        }
    }

    private int readHead() throws IOException {
        if (!rest.hasRemaining()) {
            ByteBuffer come = wire.read();
            if (come == null) {
                close();
                return 0;
            }
            checkAmount();
            if (!come.hasRemaining()) {
                return SelectionKey.OP_READ;
            }
            rest = come;
        }
        if (phase == Phase.IDLE) {
            enter(Phase.HEAD, limits.head());
        }
        try {
            RequestHead head = parser.take(rest);
            // What has come lies in a buffer that all connections share.
            rest = rest.hasRemaining()
                    ? ByteBuffer.allocate(rest.remaining()).put(rest).flip()
                    : NOTHING;
            if (head != null) {
                answer(head);
            }
        } catch (RefusedException refused) {
            rest = NOTHING;
            enter(Phase.ANSWERING, limits.answer());
            begin(Reply.refusal(refused));
        }
        return GO_ON;
    }

    private void answer(RequestHead head) {
        enter(Phase.ANSWERING, limits.answer());
        Reply refusal = responder.refusal(head);
        if (refusal != null) {
            begin(refusal.asLast()); // made on the loop's thread, so one connection gets one
            return;
        }
        try {
            task = desk.work(() -> {
                Reply reply = responder.answer(head, client);
                desk.later(() -> answered(reply));
            });
        } catch (RejectedExecutionException e) {
            begin(Responder.busy(head).asLast());
        }
    }

    private void answered(Reply reply) {
        if (phase == Phase.ANSWERING) {
            try {
                begin(reply);
            } catch (RuntimeException | Error e) {
                abort(); // an answer that cannot be put into bytes is of this client alone
            }
            proceed();
        }
    }

    private void begin(Reply reply) {
        task = null;
        // A client that sends request after request must not keep its place from others for ever.
        Reply fitting = desk.isCrowded() ? reply.asLast() : reply;
        answer = fitting.bytes(desk.epochSeconds());
        last = fitting.last();
        phase = Phase.SENDING;
        movedNanos = desk.nanoTime();
    }

    private int send() throws IOException {
        int before = remaining();
        boolean gone = wire.write(answer);
        if (remaining() < before) {
            movedNanos = desk.nanoTime();
        }
        if (!gone) {
            return SelectionKey.OP_WRITE;
        }
        answer = new ByteBuffer[] {NOTHING};
        if (last) {
            // Closing at once would reset the connection if the client has sent more, and take the answer with it.
            wire.end();
            enter(Phase.GOODBYE, limits.goodbye());
        } else {
            parser = new HeadParser(limits);
            enter(Phase.IDLE, limits.idle());
        }
        return GO_ON;
    }

    private int remaining() {
        int sum = 0;
        for (ByteBuffer part : answer) {
            sum += part.remaining();
        }
        return sum;
    }

    private int discard() throws IOException {
        int count = wire.discard();
        if (count < 0 || wire.taken() - takenBefore > MOST_BYTES_IN_A_PHASE) {
            close();
            return 0;
        }
        return count > 0 ? GO_ON : SelectionKey.OP_READ;
    }

    private void checkAmount() throws IOException {
        if (wire.taken() - takenBefore > MOST_BYTES_IN_A_PHASE) {
            throw new IOException("the client sends far too much");
        }
    }

    private void enter(Phase next, Duration atMost) {
        phase = next;
        movedNanos = desk.nanoTime();
        deadlineNanos = movedNanos + atMost.toNanos();
        takenBefore = wire.taken();
    }

    /** Closes the connection if its time is over. */
    void expire(long nowNanos) {
        if (nowNanos - deadlineNanos < 0) {
            return;
        }
        if (phase == Phase.IDLE || phase == Phase.GOODBYE) {
            close();
        } else {
            abort();
        }
    }

    /** Closes the connection so that nothing of it stays, not even what the kernel would still try to send. */
    void abort() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException | RuntimeException e) {
            // closed already
        }
        close();
    }

    private void close() {
        phase = Phase.CLOSED;
        rest = NOTHING;
        answer = new ByteBuffer[] {NOTHING};
        Future<?> busy = task;
        if (busy != null) {
            task = null;
            busy.cancel(true);
        }
        key.cancel();
        try {
            channel.close();
        } catch (IOException e) {
            // nothing more can be done about it
        }
    }
}
