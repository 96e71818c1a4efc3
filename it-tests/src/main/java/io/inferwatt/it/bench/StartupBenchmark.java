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

    private final int rounds;

    private StartupBenchmark(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        StartupBenchmark benchmark = new StartupBenchmark(Integer.getInteger("bench.rounds", 21));
        System.out.println(Machine.describe());
        System.out.printf(Locale.ROOT, "agent jar: %.2f MB%n", Files.size(Arm.agentJar()) / 1e6);
        try (Scratch scratch = Scratch.make()) {
            benchmark.shortRuns(scratch.folder());
        }
        benchmark.wholeStarts(new StartSide(Arm.inferwatt("")), new StartSide(Arm.withoutAgent()));
    }

    private void shortRuns(Path folder) throws IOException, InterruptedException {
        Path empty = EmptyAgent.writeJar(folder.resolve("empty-agent.jar"));
        List<StartSide> sides = List.of(
                new StartSide(Arm.withoutAgent()),
                new StartSide(Arm.emptyAgent(empty)),
                new StartSide(Arm.premainAlone()),
                new StartSide(Arm.inferwatt("")));
        StartSide.shortRuns(sides, rounds, folder);
        StartSide.print("an application that ends at once", rounds, sides);
    }

    /** The side without the agent lives as long as the one with it needed for its start. */
    private void wholeStarts(StartSide agent, StartSide none) throws IOException, InterruptedException {
        for (int round = -StartSide.WARM_UP; round < rounds; round++) {
            double agentMain;
            double agentCpu;
            long lifeNanos;
            try (ChildJvm child = ChildJvm.start(agent.arm(), HelloApplication.class, "stay")) {
                agentMain = StartSide.mainMillis(child);
                child.awaitErr("is metering");
                lifeNanos = System.nanoTime() - child.startNanos();
                agentCpu = child.endAndReadCpuMillis();
            }
            try (ChildJvm child = ChildJvm.start(none.arm(), HelloApplication.class, "stay")) {
                double main = StartSide.mainMillis(child);
                TimeUnit.NANOSECONDS.sleep(lifeNanos - (System.nanoTime() - child.startNanos()));
                double cpu = child.endAndReadCpuMillis();
                if (round >= 0) {
                    agent.add(agentCpu, agentMain);
                    none.add(cpu, main);
                }
            }
        }
        StartSide.print("an application that stays until the agent's start line", rounds, List.of(none, agent));
    }
}
