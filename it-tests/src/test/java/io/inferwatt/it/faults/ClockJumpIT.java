package io.inferwatt.it.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.it.app.SwitchedLoad;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.BookWatch;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import io.inferwatt.it.live.FakeZone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The wall clock of the JVM jumps by hours and weeks, forward and back, while it meters: {@code libfaketime} of Debian's package of that name stands
 * between the JVM and the system. On the JDK of the build alone.
 */
class ClockJumpIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"));
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

    /** What is to be added to the true time, one jump after the other. */
    private static final List<Duration> JUMPS = List.of(
            Duration.ofHours(3),
            Duration.ofHours(-5),
            Duration.ofDays(2),
            Duration.ofDays(-30),
            Duration.ofDays(400),
            Duration.ZERO);

    private static final Duration TOLERANCE = Duration.ofMinutes(10);
    private static final double MORE_JOULES = 5;
    private static final double ROUNDING = 1e-6;
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String CHARGED = "inferwatt_budget_charged_joules_total";
    private static final String CONSUMED = "inferwatt_budget_energy_consumed_joules";
    private static final String START = "inferwatt_budget_period_start_timestamp_seconds";
    private static final String LENGTH = "inferwatt_budget_period_seconds";

    @TempDir
    Path folder;

    @Test
    void clockThatJumps_movesStampsAndWindowsAndNoJoule() throws Exception {
        Path library = library();
        Path clock = folder.resolve("clock");
        set(clock, Duration.ZERO);
        Path records = folder.resolve("records.jsonl");
        Path root = Files.createDirectory(folder.resolve("powercap"));
        FakeZone zone = FakeZone.in(root);
        try (FakeZone.Load load = zone.load();
                AgentRun run = Launch.of(JAVA)
                        .variable("LD_PRELOAD", library.toString())
                        .variable("FAKETIME_TIMESTAMP_FILE", clock.toString())
                        .variable("FAKETIME_CACHE_DURATION", "1")
                        .variable("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                        .variable("FAKETIME_FORCE_MONOTONIC_FIX", "0") // else timed waits of the JVM return at once
                        .variable("NO_FAKE_STAT", "1")
                        .classPath(Launch.whereIs(MeteredCall.class))
                        .agent(
                                "http.port=0",
                                "energy.powercap.root=" + root,
                                "export.records.file=" + records,
                                "budget.month.limit=5 kWh",
                                "budget.month.zone=UTC",
                                "budget.day.limit=5 kWh",
                                "budget.day.window=day",
                                "budget.day.zone=UTC",
                                "budget.rolling.limit=5 kWh",
                                "budget.rolling.window=24h",
                                "budget.state.file=" + folder.resolve("state"))
                        .main(SwitchedLoad.class, "small")) {
            Endpoint endpoint = Endpoint.of(run);
            BookWatch watch = BookWatch.of(endpoint, TimeUnit.MILLISECONDS.toNanos(250));
            run.say("on");
            MetricsPage before = endpoint.await("joules", page -> page.read("cpu") > 5 && page.sum(CHARGED) > 0);
            for (Duration jump : JUMPS) {
                set(clock, jump);
                endpoint.await("a record of the new time, " + jump, page -> isStamped(records, jump));
                MetricsPage atJump = endpoint.await("a page after the jump", page -> isSane(page, jump));
                MetricsPage after = endpoint.await(
                        "more joules after the jump, " + jump,
                        page -> isSane(page, jump)
                                && page.read("cpu") >= atJump.read("cpu") + MORE_JOULES
                                && page.sum(REQUESTS) > atJump.sum(REQUESTS)
                                && page.sum(CHARGED) > atJump.sum(CHARGED));
                assertThat(atJump.read("cpu")).isGreaterThanOrEqualTo(before.read("cpu"));
                assertThat(after.read("cpu")).isLessThanOrEqualTo(load.joules());
                assertThat(after.booked("cpu")).isCloseTo(after.read("cpu"), within(ROUNDING));
                before = after;
            }
            run.say("off");
            run.awaitOut("off");
            watch.assertSound();
            MetricsPage last = endpoint.read();
            assertThat(last.sum("inferwatt_dropped_calls_total")).isZero();
            System.out.println("ClockJumpIT: jumps " + JUMPS + ", pages compared " + watch.pages() + ", "
                    + last.read("cpu") + " of " + load.joules() + " J read, implausible readings "
                    + last.sum("inferwatt_sampler_implausible_total"));
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactly(run.awaitErr("is metering"));
        }
    }

    /** The window of each budget has today in it, as the clock says now, and holds no more than was ever charged. */
    private static boolean isSane(MetricsPage page, Duration jump) {
        double now = Instant.now().plus(jump).toEpochMilli() / 1e3;
        for (String budget : List.of("day", "rolling")) {
            String label = "budget=\"" + budget + "\"";
            double start = page.sum(START, label);
            double end = start + page.sum(LENGTH, label);
            boolean inside = start <= now + TOLERANCE.toSeconds() && now <= end + TOLERANCE.toSeconds();
            if (jump.isNegative() || jump.isZero()) {
                // Put back by less than a window it goes on as it is: no window begins a second time.
                inside = now >= start - page.sum(LENGTH, label) - TOLERANCE.toSeconds();
            }
            double consumed = page.sum(CONSUMED, label);
            if (!inside || !(consumed > 0) || consumed > page.sum(CHARGED, label) + ROUNDING) {
                return false;
            }
        }
        return page.sum(REQUESTS) > 0;
    }

    private static boolean isStamped(Path records, Duration jump) {
        try {
            List<String> lines = Files.readAllLines(records);
            String last = lines.get(lines.size() - 1);
            int at = last.indexOf("\"time\":\"") + "\"time\":\"".length();
            Instant stamp = Instant.parse(last.substring(at, last.indexOf('"', at)));
            return Duration.between(Instant.now().plus(jump), stamp).abs().compareTo(TOLERANCE) < 0;
        } catch (IOException | RuntimeException notYet) {
            return false;
        }
    }

    /** In one step, since the library may look at any moment. */
    private static void set(Path clock, Duration ahead) throws IOException {
        Path next = clock.resolveSibling("next");
        Files.writeString(next, (ahead.isNegative() ? "" : "+") + ahead.toSeconds() + "s\n");
        Files.move(next, clock, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path library() {
        for (Path library : LIBRARIES) {
            if (Files.exists(library)) {
                return library;
            }
        }
        System.out.println(
                "ClockJumpIT is skipped: none of " + LIBRARIES + " is here; Debian's package libfaketime brings it");
        return Assumptions.abort("libfaketime");
    }
}
