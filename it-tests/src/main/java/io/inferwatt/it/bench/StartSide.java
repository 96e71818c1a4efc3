package io.inferwatt.it.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * One side of a comparison of starts.
 *
 * @param cpuMillis processor time to the JVM's end, one a round
 * @param mainMillis wall time to the first line of main, one a round
 */
record StartSide(Arm arm, Figures cpuMillis, Figures mainMillis) {

    /** Rounds before those that count. */
    static final int WARM_UP = 2;

    private static final double NANOS_PER_MILLI = 1e6;

    StartSide(Arm arm) {
        this(arm, new Figures(), new Figures());
    }

    void add(double cpu, double main) {
        cpuMillis.add(cpu);
        mainMillis.add(main);
    }

    /** Starts an application that ends at once, on all sides in each round. */
    static void shortRuns(List<StartSide> sides, int rounds, Path folder) throws IOException, InterruptedException {
        for (int round = -WARM_UP; round < rounds; round++) {
            for (StartSide side : Turn.of(sides, round)) {
                try (ChildJvm child = ChildJvm.startIn(folder, side.arm, HelloApplication.class)) {
                    double main = mainMillis(child);
                    double cpu = child.endAndReadCpuMillis();
                    if (round >= 0) {
                        side.add(cpu, main);
                    }
                }
            }
        }
    }

    static double mainMillis(ChildJvm child) throws IOException, InterruptedException {
        return (Long.parseLong(child.awaitOut(HelloApplication.MAIN)) - child.startNanos()) / NANOS_PER_MILLI;
    }

    /** Returns what it took more processor time than another, in milliseconds, round by round. */
    Figures moreCpuMillis(StartSide none) {
        return cpuMillis.minus(none.cpuMillis);
    }

    /**
     * Prints them as a table.
     *
     * @param sides the first is the one that the others are compared with
     */
    static void print(String title, int rounds, List<StartSide> sides) {
        System.out.printf("%n%s: medians of %d rounds, quartiles of the difference in brackets%n%n", title, rounds);
        System.out.println(
                "| | CPU, ms | ratio to no agent | more than no agent, ms | main begins after, ms | later by, ms |");
        System.out.println("|---|---|---|---|---|---|");
        StartSide none = sides.get(0);
        for (StartSide side : sides) {
            Figures more = side.moreCpuMillis(none);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.1f | %.0f [%.0f, %.0f] | %.0f | %.0f |%n",
                    side.arm.name(),
                    side.cpuMillis.median(),
                    side.cpuMillis.over(none.cpuMillis).median(),
                    more.median(),
                    more.quantile(0.25),
                    more.quantile(0.75),
                    side.mainMillis.median(),
                    side.mainMillis.minus(none.mainMillis).median());
        }
    }
}
