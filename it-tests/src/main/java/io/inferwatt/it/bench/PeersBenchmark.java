package io.inferwatt.it.bench;

import io.inferwatt.it.bench.peers.Peer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What agents add to an application without anything to do: to one that ends at once, and to one that stays some seconds, in which
 * agents that start beside it have time to do so. All sides once in each round, in an order that turns.
 */
final class PeersBenchmark {

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 21);
    /** A stay takes longer than a start, and its figures vary less. */
    private static final int STAYS = (ROUNDS + 1) / 2;

    private static final int STAY_SECONDS = Integer.getInteger("bench.phase", 5);

    /** Where Inferwatt stands among the arms, behind the one without agent and the one with one that does nothing. */
    private static final int INFERWATT = 2;

    private final Path folder;

    private PeersBenchmark(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        try (Scratch scratch = Scratch.make()) {
            PeersBenchmark benchmark = new PeersBenchmark(scratch.folder());
            List<Arm> arms = benchmark.arms();
            List<StartSide> starts = arms.stream().map(StartSide::new).toList();
            StartSide.shortRuns(starts, ROUNDS, scratch.folder());
            StartSide.print("an application that ends at once", ROUNDS, starts, starts.get(INFERWATT));
            benchmark.stays(arms.stream().map(Stay::new).toList());
        }
    }

    private List<Arm> arms() throws IOException {
        List<Arm> arms = new ArrayList<>(List.of(
                Arm.withoutAgent(),
                Arm.emptyAgent(EmptyAgent.writeJar(folder.resolve("empty-agent.jar"))),
                Arm.inferwatt("")));
        arms.addAll(Arm.ofPresent(List.of(Peer.values()), folder));
        return arms;
    }

    /** What was measured of an application that stayed, one value a round each. */
    private record Stay(
            Arm arm,
            Figures cpuMillis,
            Figures peakMegabytes,
            Figures residentMegabytes,
            Figures classes,
            Figures threads) {

        Stay(Arm arm) {
            this(arm, new Figures(), new Figures(), new Figures(), new Figures(), new Figures());
        }

        void measure(ChildJvm child) throws IOException, InterruptedException {
            ProcessFile process = new ProcessFile(child.pid());
            peakMegabytes.add(process.peakMegabytes());
            residentMegabytes.add(process.residentMegabytes());
            threads.add(process.threads());
            classes.add(JvmCounters.of(process.pid()).classes());
            cpuMillis.add(child.endAndReadCpuMillis());
        }

        String row(Stay none, Stay unit) {
            Figures more = cpuMillis.minus(none.cpuMillis);
            Figures moreMegabytes = residentMegabytes.minus(none.residentMegabytes);
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f [%.0f, %.0f] | × %.2f | %.0f | %.0f | %.0f | × %.2f | %.0f | %.0f |",
                    arm.name(),
                    cpuMillis.median(),
                    more.median(),
                    more.quantile(0.25),
                    more.quantile(0.75),
                    more.over(unit.cpuMillis.minus(none.cpuMillis)).median(),
                    peakMegabytes.median(),
                    residentMegabytes.median(),
                    moreMegabytes.median(),
                    moreMegabytes
                            .over(unit.residentMegabytes.minus(none.residentMegabytes))
                            .median(),
                    classes.median(),
                    threads.median());
        }
    }

    private void stays(List<Stay> sides) throws IOException, InterruptedException {
        for (int round = 0; round < STAYS; round++) {
            for (Stay side : Turn.of(sides, round)) {
                try (ChildJvm child = ChildJvm.startIn(folder, side.arm, HelloApplication.class, "stay")) {
                    child.awaitOut(HelloApplication.MAIN);
                    TimeUnit.SECONDS.sleep(STAY_SECONDS);
                    side.measure(child);
                }
            }
        }
        System.out.printf(
                "%nan application that does nothing for %d s: medians of %d rounds, quartiles of the difference in"
                        + " brackets%n%n",
                STAY_SECONDS, STAYS);
        System.out.println(
                "| | CPU, ms | more than no agent, ms | of what Inferwatt takes | peak of resident memory, MB |"
                        + " at the end, MB | more than no agent, MB | of what Inferwatt takes | classes | threads |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
        sides.forEach(side -> System.out.println(side.row(sides.get(0), sides.get(INFERWATT))));
    }
}
