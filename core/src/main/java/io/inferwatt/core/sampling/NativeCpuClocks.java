package io.inferwatt.core.sampling;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code clock_gettime} through the foreign function API of JDK 22 and later: exact to the nanosecond for the process and for
 * native threads. The API is reached by reflection so that one build for 17 holds it. Linux, sampler thread only.
 */
final class NativeCpuClocks implements CpuClocks {

    private static final int PROCESS = 2; // CLOCK_PROCESS_CPUTIME_ID
    private static final int PER_THREAD_SCHEDULER_CLOCK =
            6; // CPUCLOCK_PERTHREAD_MASK | CPUCLOCK_SCHED, clock_getcpuclockid(3)
    private static final int TIMESPEC_BYTES = 16; // two 64-bit longs on every 64-bit Linux

    private final MethodHandle clockGettime; // (int clock, timespec) -> int
    private final ByteBuffer timespec;

    private NativeCpuClocks(MethodHandle clockGettime, ByteBuffer timespec) {
        this.clockGettime = clockGettime;
        this.timespec = timespec;
    }

    /** Returns the clocks, or null where they cannot or may not be used. */
    static @Nullable NativeCpuClocks open(boolean wanted) {
        boolean linux64 = System.getProperty("os.name", "").equals("Linux")
                && System.getProperty("os.arch", "").endsWith("64");
        if (!linux64 || Runtime.version().feature() < 22) {
            return null;
        }
        try {
            if (!wanted && !nativeAccessGranted()) {
                return null;
            }
            NativeCpuClocks clocks = link();
            return clocks.processNanos() > 0 ? clocks : null;
        } catch (Throwable refused) {
            return null; // --illegal-native-access=deny, another C library: the plain clocks serve
        }
    }

    private static boolean nativeAccessGranted() throws ReflectiveOperationException {
        return (boolean) Module.class.getMethod("isNativeAccessEnabled").invoke(NativeCpuClocks.class.getModule());
    }

    private static NativeCpuClocks link() throws ReflectiveOperationException {
        Class<?> linkerType = Class.forName("java.lang.foreign.Linker");
        Class<?> layoutType = Class.forName("java.lang.foreign.MemoryLayout");
        Class<?> descriptorType = Class.forName("java.lang.foreign.FunctionDescriptor");
        Class<?> segmentType = Class.forName("java.lang.foreign.MemorySegment");
        Class<?> optionType = Class.forName("java.lang.foreign.Linker$Option");
        Class<?> valueLayout = Class.forName("java.lang.foreign.ValueLayout");
        Class<?> arenaType = Class.forName("java.lang.foreign.Arena");

        Object arena = arenaType.getMethod("global").invoke(null);
        Object memory = arenaType.getMethod("allocate", long.class, long.class).invoke(arena, TIMESPEC_BYTES, 8L);
        ByteBuffer timespec =
                ((ByteBuffer) segmentType.getMethod("asByteBuffer").invoke(memory)).order(ByteOrder.nativeOrder());

        Object jint = valueLayout.getField("JAVA_INT").get(null);
        Object[] arguments = (Object[]) Array.newInstance(layoutType, 2);
        arguments[0] = jint;
        arguments[1] = valueLayout.getField("ADDRESS").get(null);
        Object descriptor =
                descriptorType.getMethod("of", layoutType, arguments.getClass()).invoke(null, jint, arguments);

        Object linker = linkerType.getMethod("nativeLinker").invoke(null);
        Object lookup = linkerType.getMethod("defaultLookup").invoke(linker);
        Object symbol = ((Optional<?>) Class.forName("java.lang.foreign.SymbolLookup")
                        .getMethod("find", String.class)
                        .invoke(lookup, "clock_gettime"))
                .orElseThrow(NoSuchMethodException::new);
        MethodHandle call = (MethodHandle) linkerType
                .getMethod("downcallHandle", segmentType, descriptorType, optionType.arrayType())
                .invoke(linker, symbol, descriptor, Array.newInstance(optionType, 0));
        MethodHandle bound = MethodHandles.insertArguments(call, 1, memory);
        return new NativeCpuClocks(bound.asType(MethodType.methodType(int.class, int.class)), timespec);
    }

    /** Returns the clock's nanoseconds, or -1 if it does not exist. */
    private long read(int clock) {
        try {
            if ((int) clockGettime.invokeExact(clock) != 0) {
                return -1;
            }
            return timespec.getLong(0) * 1_000_000_000L + timespec.getLong(8);
        } catch (Throwable e) {
            return -1;
        }
    }

    @Override
    public long processNanos() {
        return Math.max(0, read(PROCESS));
    }

    @Override
    public TaskClock open(int tid, Path taskFolder) {
        int clock = ~tid << 3 | PER_THREAD_SCHEDULER_CLOCK;
        return new TaskClock() {
            @Override
            public long nanos() throws IOException {
                long nanos = read(clock);
                if (nanos < 0) {
                    throw new IOException("thread " + tid + " has ended");
                }
                return nanos;
            }

            @Override
            public void close() {
                // A clock id holds nothing open.
            }
        };
    }

    @Override
    public Duration shortestTick() {
        return Duration.ofMillis(20);
    }
}
