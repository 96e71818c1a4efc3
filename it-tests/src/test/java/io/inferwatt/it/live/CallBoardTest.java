package io.inferwatt.it.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallBoardTest {

    private static final int SLOT = 3;
    private static final int CALLS = 1_000_000;
    private static final int CALL_NANOS = 7;

    @TempDir
    Path folder;

    /** Two maps of the file, as two processes have. */
    @Test
    void reader_beside_a_writer_meets_no_half_written_slot() throws Exception {
        Path file = folder.resolve("board");
        CallBoard written = CallBoard.open(file);
        CallBoard read = CallBoard.open(file);
        Thread writer = new Thread(() -> {
            for (long call = 0; call < CALLS; call++) {
                written.begin(SLOT, call * CALL_NANOS);
                written.end(SLOT, (call + 1) * CALL_NANOS);
            }
        });
        writer.start();
        CallBoard.Look look = new CallBoard.Look();
        long torn = 0;
        do {
            read.look(SLOT, look);
            long done = look.calls() * CALL_NANOS;
            if (look.insideNanos(0) != done || (look.isInside() && look.insideNanos(done + 5) != done + 5)) {
                torn++;
            }
        } while (look.calls() < CALLS);
        writer.join();
        assertThat(torn).isZero();
        assertThat(read.isStill(SLOT, look)).isTrue();
    }

    @Test
    void work_between_calls_is_no_models() throws Exception {
        CallBoard board = CallBoard.open(folder.resolve("board"));
        CallBoard.Look look = new CallBoard.Look();
        board.look(SLOT, look);
        assertThat(look.isInside()).isFalse();
        assertThat(look.insideNanos(1_000)).isZero();

        board.begin(SLOT, 1_000);
        board.look(SLOT, look);
        assertThat(look.insideNanos(1_400)).isEqualTo(400);

        board.end(SLOT, 1_500);
        assertThat(board.isStill(SLOT, look)).isFalse();
        board.look(SLOT, look);
        assertThat(look.insideNanos(9_000)).isEqualTo(500);
        assertThat(look.calls()).isOne();
    }
}
