package io.inferwatt.core.energy.nvml;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A real shared library in NVML's place, compiled with the system's compiler, together with the file that scripts it. Its
 * clock stands still unless a test moves it.
 */
final class StubNvml {

    static final int NOT_SUPPORTED = 3;
    static final int GPU_IS_LOST = 15;

    /** Slots of one GPU, as in the C file. */
    enum Gpu {
        LOST_RC,
        ENERGY_RC,
        FIELD_ENERGY_RC,
        INSTANT_RC,
        MODULE_RC,
        POWER_RC,
        MEAN_RC,
        LIMIT_MW,
        MIG,
        PROCESS_RC,
        POWER_MW,
        BASE_UJ,
        SINCE_US,
        OLD_BASE_UJ,
        OLD_SINCE_US,
        OLD_POWER_MW,
        INTERVAL_US,
        RING_US
    }

    /** Slots of the library, as in the C file. */
    enum Library {
        INIT_RC,
        COUNT,
        CLIENTS,
        INITS,
        FORGOTTEN,
        CLOCK_US,
        CALLS,
        SHUTDOWNS,
        SAMPLE_US,
        PROCESSES
    }

    private static final int SLOTS = 1024;
    private static final int GPUS_AT = 128;
    private static final int GPU_SLOTS = 64;
    private static final int PROCESSES_AT = 32;
    private static final int PROCESS_SLOTS = 4;
    private static final long START_MICROS = 1_000_000_000L;

    private static final Map<List<String>, Path> COMPILED = new ConcurrentHashMap<>();

    private final Path library;
    private final LongBuffer state;

    private StubNvml(Path library, LongBuffer state) {
        this.library = library;
        this.state = state;
    }

    /**
     * Returns a library of its own with one GPU that draws 100 W; skips the test where nothing can compile it.
     *
     * @param without names of macros that leave functions out
     */
    static StubNvml in(Path folder, String... without) throws IOException {
        Path compiled = COMPILED.computeIfAbsent(List.of(without), StubNvml::compile);
        boolean usable = Files.exists(compiled);
        if (!usable) {
            System.out.println("No test of NVML: no C compiler 'cc' for this system, so no library to call");
        }
        assumeTrue(usable, "a C compiler 'cc'");
        // A copy each: the loader gives the same library for the same file.
        Path library = Files.copy(compiled, Files.createDirectories(folder).resolve("libnvidia-ml.so.1"));
        Path script = Files.write(folder.resolve("libnvidia-ml.so.1.state"), new byte[SLOTS * Long.BYTES]);
        try (FileChannel channel = FileChannel.open(script, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            LongBuffer state = channel.map(MapMode.READ_WRITE, 0, SLOTS * Long.BYTES)
                    .order(ByteOrder.nativeOrder())
                    .asLongBuffer();
            StubNvml stub = new StubNvml(library, state);
            stub.set(Library.COUNT, 1).set(Library.CLOCK_US, START_MICROS);
            for (int gpu = 0; gpu < 4; gpu++) {
                stub.set(gpu, Gpu.SINCE_US, START_MICROS)
                        .set(gpu, Gpu.BASE_UJ, 5_000_000_000L)
                        .set(gpu, Gpu.POWER_MW, 100_000);
            }
            return stub;
        }
    }

    private static Path compile(List<String> without) {
        try {
            Path folder = Files.createTempDirectory("nvml-stub");
            Path source = folder.resolve("nvml-stub.c");
            Path library = folder.resolve("libnvidia-ml.so.1");
            try (InputStream text = StubNvml.class.getResourceAsStream("nvml-stub.c")) {
                Files.copy(text, source);
            }
            List<String> command = new ArrayList<>(List.of("cc", "-O1", "-shared", "-fPIC", "-o", library.toString()));
            without.forEach(macro -> command.add("-D" + macro));
            command.addAll(List.of(source.toString(), "-ldl"));
            try {
                new ProcessBuilder(command).inheritIO().start().waitFor();
            } catch (IOException noCompiler) {
                return library; // which then does not exist
            }
            source.toFile().deleteOnExit();
            library.toFile().deleteOnExit();
            return library;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Path library() {
        return library;
    }

    static String uuid(int gpu) {
        return String.format("GPU-00000000-0000-4000-8000-%012d", gpu);
    }

    StubNvml set(Library slot, long value) {
        state.put(slot.ordinal(), value);
        return this;
    }

    long get(Library slot) {
        return state.get(slot.ordinal());
    }

    StubNvml set(int gpu, Gpu slot, long value) {
        state.put(GPUS_AT + GPU_SLOTS * gpu + slot.ordinal(), value);
        return this;
    }

    private long get(int gpu, Gpu slot) {
        return state.get(GPUS_AT + GPU_SLOTS * gpu + slot.ordinal());
    }

    /** Lets the library's time pass. */
    void pass(long micros) {
        set(Library.CLOCK_US, get(Library.CLOCK_US) + micros);
    }

    /** Lets a GPU draw this from now on. */
    StubNvml watts(int gpu, double watts) {
        long now = get(Library.CLOCK_US);
        set(gpu, Gpu.OLD_BASE_UJ, get(gpu, Gpu.BASE_UJ));
        set(gpu, Gpu.OLD_SINCE_US, get(gpu, Gpu.SINCE_US));
        set(gpu, Gpu.OLD_POWER_MW, get(gpu, Gpu.POWER_MW));
        set(gpu, Gpu.BASE_UJ, Math.round(joules(gpu) * 1e6));
        set(gpu, Gpu.SINCE_US, now);
        return set(gpu, Gpu.POWER_MW, Math.round(watts * 1e3));
    }

    /** Returns the joules that a GPU has truly drawn, by the library's clock. */
    double joules(int gpu) {
        long micros = get(Library.CLOCK_US) - get(gpu, Gpu.SINCE_US);
        return get(gpu, Gpu.BASE_UJ) / 1e6 + get(gpu, Gpu.POWER_MW) / 1e3 * micros / 1e6;
    }

    /** Starts the counter of a GPU again at 0, as a reload of the driver does. */
    void restart(int gpu) {
        set(gpu, Gpu.OLD_POWER_MW, 0).set(gpu, Gpu.OLD_BASE_UJ, 0);
        set(gpu, Gpu.BASE_UJ, 0).set(gpu, Gpu.SINCE_US, get(Library.CLOCK_US));
    }

    /** Lets a process compute on a GPU. */
    StubNvml process(int gpu, long pid, int percent) {
        int index = (int) get(Library.PROCESSES);
        int at = PROCESSES_AT + PROCESS_SLOTS * index;
        state.put(at, gpu).put(at + 1, pid).put(at + 2, percent);
        return set(Library.PROCESSES, index + 1);
    }
}
