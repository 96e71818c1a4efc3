package io.inferwatt.it.faults;

import io.inferwatt.it.jvm.AgentRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** All that is around a metered JVM, and breaks at random while it storms. The energy counters go on all the time. One thread. */
final class Storm implements AutoCloseable {

    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    /** Beside what the application takes by itself. */
    private static final long LONGEST_START_SECONDS = 90;

    /** A fault every 40 ms; each stays until the next one of its kind. */
    private static final int STEPS_BETWEEN_FAULTS = 8;

    private static final int INTERRUPTS = 12;

    final SourceFaults source;
    final FaultyServer server;
    final FileFaults records;
    final FileFaults state;
    final FileFaults log;
    private final long longestNanos;
    private final Random random;
    private final Map<String, Integer> injected = new TreeMap<>();

    private Storm(Path folder, long seed, long seconds) throws IOException {
        source = SourceFaults.in(folder.resolve("powercap"));
        server = FaultyServer.start(seed);
        records = new FileFaults(folder.resolve("records"), "records.jsonl");
        state = new FileFaults(folder.resolve("state"), "budgets");
        log = new FileFaults(folder.resolve("log"), "inferwatt.log");
        longestNanos = TimeUnit.SECONDS.toNanos(LONGEST_START_SECONDS + 3 * seconds);
        random = new Random(seed);
    }

    /** @param seconds that the application is to be at it while things break; it may take thrice as long on a busy machine */
    static Storm in(Path folder, long seed, long seconds) throws IOException {
        return new Storm(folder, seed, seconds);
    }

    /** Writes a file with settings of every kind and values of no meaning. */
    void writeBadSettings(Path file) throws IOException {
        injected.put("settings", BadSettings.write(file, random));
    }

    /** Returns how often each kind of fault was injected so far. */
    Map<String, Integer> injected() {
        server.faults().forEach((fault, count) -> injected.put("server." + fault, count));
        return injected;
    }

    /** Lets the counters go on, and nothing else happen, until something has come true. */
    void calmUntil(AgentRun run, BooleanSupplier end) throws IOException {
        long begin = System.nanoTime();
        while (!end.getAsBoolean()) {
            if (System.nanoTime() - begin > longestNanos) {
                throw new AssertionError("it never came; out " + run.out() + ", err " + run.err());
            }
            source.draw();
            LockSupport.parkNanos(STEP_NANOS);
        }
    }

    /** Breaks one thing after the other until something has come true, and mends it all then. */
    void rageUntil(BooleanSupplier end, AgentRun run, RudeClients clients) throws IOException {
        server.beFaulty(true);
        long begin = System.nanoTime();
        for (int step = 1; !end.getAsBoolean(); step++) {
            if (System.nanoTime() - begin > longestNanos) {
                throw new AssertionError("it never came; out " + run.out() + ", err " + run.err());
            }
            source.draw();
            if (step % STEPS_BETWEEN_FAULTS == 0) {
                strike(run, clients);
            }
            LockSupport.parkNanos(STEP_NANOS);
        }
        server.beFaulty(false);
        source.mend();
        for (FileFaults file : List.of(records, state, log)) {
            file.mend();
        }
    }

    private void strike(AgentRun run, RudeClients clients) throws IOException {
        switch (random.nextInt(INTERRUPTS)) {
            case 0, 1, 2, 3 -> count("source." + source.breakOne(random));
            case 4 -> {
                source.mend();
                count("source.MENDED");
            }
            case 5, 6 -> count("client." + clients.comeBy(random));
            case 7 -> count("records." + records.breakIt(random));
            case 8 -> count("state." + state.breakIt(random));
            case 9 -> count("log." + log.breakIt(random));
            case 10 -> {
                run.say("interrupt");
                count("application.INTERRUPT_ALL");
            }
            default -> count("nothing");
        }
    }

    private void count(String fault) {
        injected.merge(fault, 1, Integer::sum);
    }

    @Override
    public void close() {
        server.close();
    }
}
