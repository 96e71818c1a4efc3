package io.inferwatt.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What the agent adds to the start of a JVM. Every round starts all sides one after the other, so that a busy neighbour
 * hits them alike; what counts is the median of the differences within a round.
 */
final class StartupBenchmark {

    private static final int WARM_UP = 2;
    private static final double NANOS_PER_MILLI = 1e6;

    private final int rounds;

    private StartupBenchmark(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("inferwatt-bench");
        Path empty = EmptyAgent.writeJar(folder.resolve("empty-agent.jar"));
        StartupBenchmark benchmark = new StartupBenchmark(Integer.getInteger("bench.rounds", 21));
        System.out.println(Machine.describe());
        System.out.printf(Locale.ROOT, "agent jar: %.2f MB%n", Files.size(Arm.agentJar()) / 1e6);
        benchmark.shortRuns(List.of(
                new Side(Arm.withoutAgent()),
                new Side(Arm.emptyAgent(empty)),
                new Side(Arm.premainAlone()),
                new Side(Arm.inferwatt(""))));
        benchmark.wholeStarts(new Side(Arm.inferwatt("")), new Side(Arm.withoutAgent()));
        Files.delete(empty);
        Files.delete(folder);
    }

    /** One side and what was measured: processor time to the JVM's end, wall time to the first line of main. */
    private record Side(Arm arm, Figures cpuMillis, Figures mainMillis) {

        Side(Arm arm) {
            this(arm, new Figures(), new Figures());
        }

        void add(double cpu, double main) {
            cpuMillis.add(cpu);
            mainMillis.add(main);
        }
    }

    private void shortRuns(List<Side> sides) throws IOException, InterruptedException {
        for (int round = -WARM_UP; round < rounds; round++) {
            for (Side side : sides) {
                try (ChildJvm child = ChildJvm.start(side.arm, HelloApplication.class)) {
                    double main = mainMillis(child);
                    double cpu = child.endAndReadCpuMillis();
                    if (round >= 0) {
                        side.add(cpu, main);
                    }
                }
            }
        }
        print("an application that ends at once", sides);
    }

    /** The side without the agent lives as long as the one with it needed for its start. */
    private void wholeStarts(Side agent, Side none) throws IOException, InterruptedException {
        for (int round = -WARM_UP; round < rounds; round++) {
            double agentMain;
            double agentCpu;
            long lifeNanos;
            try (ChildJvm child = ChildJvm.start(agent.arm, HelloApplication.class, "stay")) {
                agentMain = mainMillis(child);
                child.awaitErr("is metering");
                lifeNanos = System.nanoTime() - child.startNanos();
                agentCpu = child.endAndReadCpuMillis();
            }
            try (ChildJvm child = ChildJvm.start(none.arm, HelloApplication.class, "stay")) {
                double main = mainMillis(child);
                TimeUnit.NANOSECONDS.sleep(lifeNanos - (System.nanoTime() - child.startNanos()));
                double cpu = child.endAndReadCpuMillis();
                if (round >= 0) {
                    agent.add(agentCpu, agentMain);
                    none.add(cpu, main);
                }
            }
        }
        print("an application that stays until the agent's start line", List.of(none, agent));
    }

    private static double mainMillis(ChildJvm child) throws IOException, InterruptedException {
        return (Long.parseLong(child.awaitOut("")) - child.startNanos()) / NANOS_PER_MILLI;
    }

    private void print(String title, List<Side> sides) {
        System.out.printf("%n%s: medians of %d rounds, quartiles of the difference in brackets%n%n", title, rounds);
        System.out.println("| | CPU, ms | more than no agent, ms | ratio | main begins after, ms | later by, ms |");
        System.out.println("|---|---|---|---|---|---|");
        Side none = sides.get(0);
        for (Side side : sides) {
            Figures more = side.cpuMillis.minus(none.cpuMillis);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f [%.0f, %.0f] | %.2f | %.0f | %.0f |%n",
                    side.arm.name(),
                    side.cpuMillis.median(),
                    more.median(),
                    more.quantile(0.25),
                    more.quantile(0.75),
                    side.cpuMillis.over(none.cpuMillis).median(),
                    side.mainMillis.median(),
                    side.mainMillis.minus(none.mainMillis).median());
        }
    }
}
