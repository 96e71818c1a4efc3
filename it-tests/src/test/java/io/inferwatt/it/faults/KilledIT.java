package io.inferwatt.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.NamedCalls;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} around the moment at which the state of budgets is written, as the JVM ends: while it is written, once it is, or at random.
 * Whatever the moment, what the next JVM finds is the state of before or the one of after. {@code -Dfaults.kills} sets how often,
 * {@code -Dfaults.seed} the moments; on the JDK of the build alone.
 */
class KilledIT {

    private static final int KILLS = Integer.getInteger("faults.kills", 9);
    private static final long SEED = Long.getLong("faults.seed", 20_261_130L);
    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final int CALLS = 3;
    private static final int LONGEST_MILLIS = 60;
    private static final String CONSUMED = "inferwatt_budget_energy_consumed_joules";
    private static final String CHARGED = "inferwatt_budget_charged_joules_total";
    private static final String SETTLED = "inferwatt_request_energy_joules_count";
    private static final String SETTLED_JOULES = "inferwatt_request_energy_joules_sum";
    private static final String JOULES = "inferwatt_energy_joules_total";
    private static final String IDLE_JOULES = "inferwatt_idle_share_joules_total";
    private static final String AMOUNTS = "amounts=";
    private static final FileTime NEVER = FileTime.fromMillis(0);
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final double ROUNDING = 1e-9;
    private static final double CLOSE = 1e-5;

    @TempDir
    Path folder;

    /** When the JVM is killed, after it was asked to end. */
    private enum Moment {
        /** As soon as the file that will take the place of the state is touched. */
        WHILE_WRITTEN,
        /** As soon as the state is the new one. */
        ONCE_WRITTEN,
        AT_RANDOM
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void killedAtAnyMoment_theStateIsThatOfBeforeOrAfterAndNothingElse() throws Exception {
        Random random = new Random(SEED);
        Map<Moment, Integer> written = new EnumMap<>(Moment.class);
        int cutOff = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Moment moment = Moment.values()[kill % Moment.values().length];
            String when = "seed " + SEED + ", kill " + kill + " " + moment;
            try (AgentRun run = start()) {
                double before = saved();
                double most = consumedAfterCalls(run, before, when);
                FileTime touchedBefore = touched();
                run.signal("TERM");
                await(moment, run, random, before, touchedBefore);
                run.close();
                run.awaitEnd();
                assertThat(run.err()).as(when).allMatch(line -> line.contains("is metering"));
                double left = saved();
                assertThat(left).as(when).isBetween(before - ROUNDING, most + ROUNDING);
                boolean isNew = left > before + ROUNDING;
                if (moment == Moment.ONCE_WRITTEN) {
                    assertThat(isNew).as("the new state was seen, %s", when).isTrue();
                }
                written.merge(moment, isNew ? 1 : 0, Integer::sum);
                cutOff += Files.exists(next()) ? 1 : 0;
            }
        }
        System.out.println("KilledIT: seed " + SEED + ", " + KILLS + " kills, new state found " + written
                + ", half a file left beside it " + cutOff + " times, consumed " + saved() + " J");
        assertOrderlyEndSavesAll();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .as("nothing was set aside as damaged")
                    .noneMatch(name -> name.contains("corrupt"));
        }
    }

    private void assertOrderlyEndSavesAll() throws Exception {
        double most;
        try (AgentRun run = start()) {
            most = consumedAfterCalls(run, saved(), "orderly end");
            run.signal("TERM");
            run.awaitEnd();
        }
        assertThat(saved()).as("saved at an orderly end").isCloseTo(most, within(CLOSE));
        try (AgentRun run = start()) {
            MetricsPage page = Endpoint.of(run).read();
            assertThat(page.sum(CONSUMED) - page.sum(CHARGED))
                    .as("found by the next one")
                    .isCloseTo(most, within(CLOSE));
            assertThat(run.exitCode()).isZero();
        }
    }

    /** Checks that the JVM goes on where the file ends, has it make calls, and returns what is consumed when all have settled. */
    private static double consumedAfterCalls(AgentRun run, double found, String when) throws Exception {
        Endpoint endpoint = Endpoint.of(run);
        MetricsPage page = endpoint.read();
        assertThat(page.sum(CONSUMED) - page.sum(CHARGED))
                .as("what the one before has left, %s", when)
                .isCloseTo(found, within(CLOSE));
        run.say(CALLS + " scorer");
        MetricsPage after = endpoint.await("calls that are charged", KilledIT::isAllCharged);
        assertThat(after.sum(CONSUMED)).as(when).isGreaterThan(found + ROUNDING);
        return after.sum(CONSUMED);
    }

    /** The histogram hears of a call at once; totals and budgets are as old as the last tick. */
    private static boolean isAllCharged(MetricsPage page) {
        double joules = page.sum(JOULES);
        return page.sum(SETTLED) == CALLS
                && Math.abs(joules - page.sum(SETTLED_JOULES)) < CLOSE
                && Math.abs(joules + page.sum(IDLE_JOULES) - page.sum(CHARGED)) < CLOSE;
    }

    private void await(Moment moment, AgentRun run, Random random, double before, FileTime touchedBefore)
            throws IOException {
        if (moment == Moment.AT_RANDOM) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(LONGEST_MILLIS * 1000)));
            return;
        }
        long begin = System.nanoTime();
        while (run.isAlive() && saved() <= before + ROUNDING) {
            if (moment == Moment.WHILE_WRITTEN && !touched().equals(touchedBefore)) {
                return;
            }
            assertThat(System.nanoTime() - begin)
                    .as("nanoseconds without an end")
                    .isLessThan(LONGEST_NANOS);
        }
    }

    /** Returns the joules in the file, which is always whole; 0 if there is none yet. */
    private double saved() throws IOException {
        try {
            for (String line : Files.readAllLines(state())) {
                if (line.startsWith(AMOUNTS)) {
                    return Double.parseDouble(line.substring(AMOUNTS.length()));
                }
            }
        } catch (NoSuchFileException notYet) {
            return 0;
        }
        throw new AssertionError("no amounts in " + Files.readString(state()));
    }

    /** Returns when the file that takes the place of the state was last written. */
    private FileTime touched() throws IOException {
        try {
            return Files.getLastModifiedTime(next());
        } catch (NoSuchFileException notThere) {
            return NEVER;
        }
    }

    private Path state() {
        return folder.resolve("state");
    }

    private Path next() {
        return folder.resolve("state.tmp");
    }

    private AgentRun start() throws IOException {
        return Launch.of(JAVA)
                .classPath(Launch.whereIs(MeteredCall.class))
                .agent("http.port=0", "budget.all.limit=5 kWh", "budget.all.zone=UTC", "budget.state.file=" + state())
                .main(NamedCalls.class);
    }
}
