package io.inferwatt.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A powercap zone of one processor package, in files as the kernel shows them. */
final class FakeZone {

    private static final long FIRST_MICROJOULES = 1_000_000_000;
    private static final long RANGE_MICROJOULES = 262_143_328_850L;

    private final Path folder;

    private FakeZone(Path folder) {
        this.folder = folder;
    }

    static FakeZone in(Path root) throws IOException {
        Path folder = Files.createDirectory(root.resolve("intel-rapl:0"));
        Files.writeString(folder.resolve("name"), "package-0\n");
        Files.writeString(folder.resolve("max_energy_range_uj"), RANGE_MICROJOULES + "\n");
        Files.writeString(folder.resolve("energy_uj"), FIRST_MICROJOULES + "\n");
        return new FakeZone(folder);
    }

    Path counter() {
        return folder.resolve("energy_uj");
    }

    /** Starts drawing some 40 W. */
    Load load() throws IOException {
        Load load = new Load(FileChannel.open(counter(), StandardOpenOption.WRITE));
        load.thread.start();
        return load;
    }

    /** Takes the counter away; end the load before, since who has the file open would see it go on. */
    void vanish() throws IOException {
        Files.delete(counter());
    }

    /** Advances the counter in place until it is closed. */
    static final class Load implements AutoCloseable {

        private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
        private static final long STEP_MICROJOULES = 200_000;

        private final FileChannel counter;
        private final Thread thread = new Thread(this::run, "load");
        private volatile boolean closing;
        private volatile long drawnMicrojoules;

        private Load(FileChannel counter) {
            this.counter = counter;
            thread.setDaemon(true);
        }

        /** Returns the joules drawn so far. */
        double joules() {
            return drawnMicrojoules / 1e6;
        }

        private void run() {
            try {
                long drawn = 0;
                while (!closing) {
                    drawn += STEP_MICROJOULES;
                    // Before the write: whoever compares must never see more in the file than was drawn.
                    drawnMicrojoules = drawn;
                    // Always as many digits as before, so that no reader meets half a number.
                    String text = FIRST_MICROJOULES + drawn + "\n";
                    counter.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
                    LockSupport.parkNanos(STEP_NANOS);
                }
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }

        /** Stops drawing; a second time it does nothing. */
        void end() throws IOException {
            closing = true;
            try {
                thread.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            counter.close();
        }

        @Override
        public void close() throws IOException {
            end();
        }
    }
}
