package io.inferwatt.it.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A powercap zone of one processor package, in files as the kernel shows them. */
public final class FakeZone {

    /** Twelve digits from the first joule to the range's end, so that the number never grows longer. */
    private static final long FIRST_MICROJOULES = 100_000_000_000L;

    private static final long RANGE_MICROJOULES = 262_143_328_850L;

    private final Path folder;

    private FakeZone(Path folder) {
        this.folder = folder;
    }

    /** Makes a zone below a powercap root. */
    public static FakeZone in(Path root) throws IOException {
        Path folder = Files.createDirectory(root.resolve("intel-rapl:0"));
        Files.writeString(folder.resolve("name"), "package-0\n");
        Files.writeString(folder.resolve("max_energy_range_uj"), RANGE_MICROJOULES + "\n");
        Files.writeString(folder.resolve("energy_uj"), FIRST_MICROJOULES + "\n");
        return new FakeZone(folder);
    }

    /** Returns the file of the counter. */
    public Path counter() {
        return folder.resolve("energy_uj");
    }

    /** Opens the counter so that it can be advanced. */
    Needle needle() throws IOException {
        return new Needle(FileChannel.open(counter(), StandardOpenOption.WRITE));
    }

    /** Starts drawing some 40 W, from where the load before has ended. */
    public Load load() throws IOException {
        long shown = Long.parseLong(Files.readString(counter()).strip());
        Load load = new Load(needle(), shown - FIRST_MICROJOULES);
        load.thread.start();
        return load;
    }

    /** Takes the counter away; end the load before, since who has the file open would see it go on. */
    public void vanish() throws IOException {
        Files.delete(counter());
    }

    /** Writes the counter in place. One thread at a time. */
    static final class Needle implements AutoCloseable {

        private final FileChannel counter;
        private final ByteBuffer digits =
                ByteBuffer.allocateDirect(Long.toString(FIRST_MICROJOULES).length());

        private Needle(FileChannel counter) {
            this.counter = counter;
        }

        /**
         * Shows that so much was drawn since the zone was made; always as many digits, so that no reader meets half a
         * number.
         */
        void show(long drawnMicrojoules) throws IOException {
            long rest = FIRST_MICROJOULES + drawnMicrojoules;
            if (rest >= RANGE_MICROJOULES) {
                throw new IOException("drew " + drawnMicrojoules + " µJ, more than a zone that never wraps can show");
            }
            for (int i = digits.capacity() - 1; i >= 0; i--) {
                digits.put(i, (byte) ('0' + rest % 10));
                rest /= 10;
            }
            digits.clear();
            counter.write(digits, 0);
        }

        @Override
        public void close() throws IOException {
            counter.close();
        }
    }

    /** Advances the counter until it is closed. */
    public static final class Load implements AutoCloseable {

        private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
        private static final long STEP_MICROJOULES = 200_000;

        private final Needle needle;
        private final Thread thread = new Thread(this::run, "load");
        private volatile boolean closing;
        private volatile long drawnMicrojoules;

        private Load(Needle needle, long drawnMicrojoules) {
            this.needle = needle;
            this.drawnMicrojoules = drawnMicrojoules;
            thread.setDaemon(true);
        }

        /** Returns the joules drawn since the zone was made. */
        public double joules() {
            return drawnMicrojoules / 1e6;
        }

        private void run() {
            try {
                long drawn = drawnMicrojoules;
                while (!closing) {
                    drawn += STEP_MICROJOULES;
                    // Before the write: whoever compares must never see more in the file than was drawn.
                    drawnMicrojoules = drawn;
                    needle.show(drawn);
                    LockSupport.parkNanos(STEP_NANOS);
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        /** Stops drawing; a second time it does nothing. */
        public void end() throws IOException {
            closing = true;
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            needle.close();
        }

        @Override
        public void close() throws IOException {
            end();
        }
    }
}
