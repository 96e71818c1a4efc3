package io.inferwatt.it.live;

import com.sun.jna.Function;
import com.sun.jna.Memory;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Processor time of a thread of another process, to the nanosecond also while it runs: the kernel's software event {@code task-clock}
 * (perf_event_open(2)). What a {@code schedstat} tells is up to 4 ms old.
 */
final class PerfClock implements AutoCloseable {

    private static final int SOFTWARE = 1;
    private static final int TASK_CLOCK = 1;
    private static final int ATTRIBUTES_BYTES = 128;
    private static final int ANY = -1;
    private static final long CLOSE_ON_EXEC = 8;

    private final int descriptor;
    private final Memory value = new Memory(Long.BYTES);

    private PerfClock(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Starts a clock at 0; null where the kernel offers none, or not to this user. */
    static @Nullable PerfClock open(int tid) {
        int call = number(System.getProperty("os.arch"));
        if (call < 0) {
            return null;
        }
        Memory attributes = new Memory(ATTRIBUTES_BYTES);
        attributes.clear();
        attributes.setInt(0, SOFTWARE);
        attributes.setInt(4, ATTRIBUTES_BYTES);
        attributes.setLong(8, TASK_CLOCK);
        int descriptor = C.SYSCALL.invokeInt(new Object[] {call, attributes, tid, ANY, ANY, CLOSE_ON_EXEC});
        return descriptor < 0 ? null : new PerfClock(descriptor);
    }

    private static int number(String architecture) {
        return switch (architecture) {
            case "amd64" -> 298;
            case "aarch64" -> 241;
            default -> -1;
        };
    }

    /** Returns nanoseconds since it was opened; those of a thread that has ended stay. */
    long nanos() throws IOException {
        if (C.READ.invokeInt(new Object[] {descriptor, value, (long) Long.BYTES}) != Long.BYTES) {
            throw new IOException("the kernel's clock of a thread tells nothing");
        }
        return value.getLong(0);
    }

    @Override
    public void close() {
        C.CLOSE.invokeInt(new Object[] {descriptor});
        value.close();
    }

    /** Loaded when first needed. */
    private static final class C {

        private static final NativeLibrary LIBRARY = NativeLibrary.getInstance("c");
        static final Function SYSCALL = LIBRARY.getFunction("syscall");
        static final Function READ = LIBRARY.getFunction("read");
        static final Function CLOSE = LIBRARY.getFunction("close");
    }
}
