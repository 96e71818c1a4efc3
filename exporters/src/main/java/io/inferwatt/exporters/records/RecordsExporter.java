package io.inferwatt.exporters.records;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.SnapshotDisclosure;
import io.inferwatt.core.thread.SteadyThread;
import io.inferwatt.exporters.report.RecordLine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line for each request that settles, on a thread of its own. What comes faster than the disk takes it, beyond
 * {@value #QUEUE} calls, is dropped and counted; so is what a full or broken disk does not take, which is told once and tried again with
 * the next lines.
 */
public final class RecordsExporter implements CallListener, AutoCloseable {

    /** Calls that wait for the disk, some hundred bytes each. */
    static final int QUEUE = 4096;

    private static final long MEGABYTE = 1_000_000;
    private static final long CLOSE_MILLIS = 1000;
    private static final long LOOK_SECONDS = 1;

    private final BlockingQueue<Settled> queue = new ArrayBlockingQueue<>(QUEUE);
    private final LongAdder lost = new LongAdder();
    private final RecordsFile file;
    private final Path path;
    private final String service;
    private final double marketGramsPerKwh;
    private final Supplier<MeterSnapshot> snapshots;
    private final Consumer<String> warnings;
    private final Thread writer;
    private @Nullable Factors factorsInFile;
    private boolean told;
    private volatile boolean closed;

    /** @param endMillis wall-clock time of its end */
    private record Settled(SettledCall call, long endMillis) {}

    private RecordsExporter(
            Path path,
            InferwattConfig.Records records,
            String service,
            double marketGramsPerKwh,
            Supplier<MeterSnapshot> snapshots,
            Consumer<Thread> ownThreads,
            Consumer<String> warnings) {
        this.path = path;
        this.file = new RecordsFile(path, records.maxMegabytes() * MEGABYTE, records.maxFiles());
        this.service = service;
        this.marketGramsPerKwh = marketGramsPerKwh;
        this.snapshots = snapshots;
        this.warnings = warnings;
        this.writer = new SteadyThread("inferwatt-records", this::write);
        ownThreads.accept(writer);
    }

    /**
     * Starts to write if the settings name a file; else nothing is started.
     *
     * @param warnings takes a line when lines begin to be lost
     */
    public static Optional<RecordsExporter> start(
            EnergyMeter meter, InferwattConfig config, Consumer<String> warnings) {
        Optional<RecordsExporter> exporter = start(
                config.records(),
                config.serviceName(),
                config.carbon().marketGramsPerKwh().orElse(Double.NaN),
                meter::snapshot,
                meter::countAsOwn,
                warnings);
        exporter.ifPresent(meter::addListener);
        return exporter;
    }

    static Optional<RecordsExporter> start(
            InferwattConfig.Records records,
            String service,
            double marketGramsPerKwh,
            Supplier<MeterSnapshot> snapshots,
            Consumer<Thread> ownThreads,
            Consumer<String> warnings) {
        if (records.file().isEmpty()) {
            return Optional.empty();
        }
        RecordsExporter exporter = new RecordsExporter(
                records.file().get(), records, service, marketGramsPerKwh, snapshots, ownThreads, warnings);
        exporter.writer.start();
        return Optional.of(exporter);
    }

    /** Returns how many lines are in no file: dropped, or not taken by the disk. Never falls. */
    public long lost() {
        return lost.sum();
    }

    /** Returns how many calls wait for the disk. */
    int waiting() {
        return queue.size();
    }

    @Override
    public void settled(SettledCall call) {
        long endMillis = System.currentTimeMillis() - (System.nanoTime() - call.endNanos()) / 1_000_000;
        boolean kept = false;
        try {
            kept = !closed && queue.offer(new Settled(call, endMillis));
        } finally { // where memory is short as well
            if (!kept) {
                lost.increment();
            }
        }
    }

    private void write() {
        try {
            boolean last;
            do {
                last = closed;
            } while (writeNext(last ? 0 : LOOK_SECONDS) || !last);
        } finally {
            try {
                file.close();
            } catch (IOException e) {
                tell(e);
            }
        }
    }

    /** Returns whether there may be more at once. */
    private boolean writeNext(long waitSeconds) {
        try {
            Settled first = queue.poll(waitSeconds, TimeUnit.SECONDS);
            if (first == null) {
                return false;
            }
            write(first);
        } catch (Throwable e) { // even waiting takes memory
            tell(e);
        }
        return true;
    }

    private void write(Settled first) {
        long written = file.writtenLines();
        int taken = 1;
        try {
            MeterSnapshot snapshot = snapshots.get();
            List<String> sources = sources(snapshot);
            Factors factors = SnapshotDisclosure.factors(snapshot, marketGramsPerKwh, List.of());
            int waiting = queue.size();
            List<Settled> settled =
                    new ArrayList<>(waiting + 1); // large enough: nothing taken may be lost for want of memory
            settled.add(first);
            taken += queue.drainTo(settled, waiting);
            String firstWithFactors = RecordLine.write(first.call(), first.endMillis(), sources, service, factors);
            file.appendFirst(
                    factors.equals(factorsInFile)
                            ? RecordLine.write(first.call(), first.endMillis(), sources, service)
                            : firstWithFactors,
                    firstWithFactors);
            for (Settled each : settled.subList(1, settled.size())) {
                file.append(RecordLine.write(each.call(), each.endMillis(), sources, service));
            }
            factorsInFile = null; // until they are in the file
            file.flush();
            factorsInFile = factors;
            told = false;
        } catch (Throwable e) { // memory that is short for a moment is one more reason
            file.dropWaiting();
            lost.add(taken - (file.writtenLines() - written));
            tell(e);
        }
    }

    private void tell(Throwable e) {
        if (told) {
            return;
        }
        try {
            warnings.accept("export.records.file: " + path + " takes no lines (" + e
                    + "); records are lost and counted until it does; allowed: a path where this process may write");
            told = true;
        } catch (Throwable still) {
            // it is told when there is memory for it
        }
    }

    private static List<String> sources(MeterSnapshot snapshot) {
        return snapshot.domains().stream()
                .filter(DomainTotals::speaking)
                .map(DomainTotals::source)
                .distinct()
                .toList();
    }

    /** Writes what waits, at most for a second, and ends the thread. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(CLOSE_MILLIS);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
