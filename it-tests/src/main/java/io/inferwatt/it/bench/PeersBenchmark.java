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
            StartSide.print("an application that ends at once", ROUNDS, starts);
            List<Stay> stays = arms.stream().map(Stay::new).toList();
            benchmark.stays(stays);
            besideInferwatt(starts, stays);
        }
    }

    private List<Arm> arms() throws IOException {
        List<Arm> arms = new ArrayList<>(List.of(
                Arm.withoutAgent(),
                Arm.emptyAgent(EmptyAgent.writeJar(folder.resolve("empty-agent.jar"))),
                Arm.inferwatt("")));
        arms.addAll(Arm.ofPresent(Peer.chosenOf(Peer.values()), folder));
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

        /** Inferwatt's start goes on beside the application: a stay that ended before it would be of half a start. */
        void awaitStarted(ChildJvm child) throws IOException, InterruptedException {
            if (arm.name().equals(Arm.INFERWATT)) {
                child.awaitErr("is metering");
            }
        }

        Figures moreCpuMillis(Stay none) {
            return cpuMillis.minus(none.cpuMillis);
        }

        Figures moreMegabytes(Stay none) {
            return residentMegabytes.minus(none.residentMegabytes);
        }

        void measure(ChildJvm child) throws IOException, InterruptedException {
            ProcessFile process = new ProcessFile(child.pid());
            peakMegabytes.add(process.peakMegabytes());
            residentMegabytes.add(process.residentMegabytes());
            threads.add(process.threads());
            classes.add(JvmCounters.of(process.pid()).classes());
            cpuMillis.add(child.endAndReadCpuMillis());
        }

        String row(Stay none) {
            Figures more = moreCpuMillis(none);
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.0f [%.0f, %.0f] | %.0f | %.0f | %.0f | %.0f | %.0f |",
                    arm.name(),
                    cpuMillis.median(),
                    more.median(),
                    more.quantile(0.25),
                    more.quantile(0.75),
                    peakMegabytes.median(),
                    residentMegabytes.median(),
                    moreMegabytes(none).median(),
                    classes.median(),
                    threads.median());
        }
    }

    private void stays(List<Stay> sides) throws IOException, InterruptedException {
        for (int round = 0; round < ROUNDS; round++) {
            for (Stay side : Turn.of(sides, round)) {
                try (ChildJvm child = ChildJvm.startIn(folder, side.arm, HelloApplication.class, "stay")) {
                    child.awaitOut(HelloApplication.MAIN);
                    TimeUnit.SECONDS.sleep(STAY_SECONDS);
                    side.awaitStarted(child);
                    side.measure(child);
                }
            }
        }
        System.out.printf(
                "%nan application that does nothing for %d s: medians of %d rounds, quartiles of the difference in"
                        + " brackets%n%n",
                STAY_SECONDS, ROUNDS);
        System.out.println("| | CPU, ms | more than no agent, ms | peak of resident memory, MB | at the end, MB |"
                + " more than no agent, MB | classes | threads |");
        System.out.println("|---|---|---|---|---|---|---|---|");
        sides.forEach(side -> System.out.println(side.row(sides.get(0))));
    }

    /** Either alone would flatter somebody: part of Inferwatt's start comes after main has begun, and nobody else's is so divided. */
    private static void besideInferwatt(List<StartSide> starts, List<Stay> stays) {
        System.out.printf(
                "%nwhat others take more than no agent, as a multiple of what Inferwatt takes more: medians of the ratios"
                        + " within %d rounds, lowest and highest in brackets%n%n",
                ROUNDS);
        System.out.printf(
                "| | CPU of an application that ends at once, before Inferwatt meters | CPU of one that stays %d s, Inferwatt's"
                        + " whole start until it meters within | resident memory of that |%n",
                STAY_SECONDS);
        System.out.println("|---|---|---|---|");
        StartSide noStart = starts.get(0);
        Stay noStay = stays.get(0);
        for (int i = 1; i < starts.size(); i++) {
            Figures start = starts.get(i).moreCpuMillis(noStart);
            Figures stay = stays.get(i).moreCpuMillis(noStay);
            Figures memory = stays.get(i).moreMegabytes(noStay);
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |%n",
                    starts.get(i).arm().name(),
                    multiple(start, starts.get(INFERWATT).moreCpuMillis(noStart)),
                    multiple(stay, stays.get(INFERWATT).moreCpuMillis(noStay)),
                    multiple(memory, stays.get(INFERWATT).moreMegabytes(noStay)));
        }
    }

    private static String multiple(Figures side, Figures inferwatt) {
        Figures ratio = side.over(inferwatt);
        return String.format(Locale.ROOT, "× %.2f [%.2f, %.2f]", ratio.median(), ratio.quantile(0), ratio.quantile(1));
    }
}
