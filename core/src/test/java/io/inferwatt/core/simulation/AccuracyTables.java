package io.inferwatt.core.simulation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** All tables of the benchmark. A new one is a method here and a line in {@link #all}. */
final class AccuracyTables {

    private static final double[] TICKS = {0.01, 0.1, 1};
    private static final Figure[] PAIR = {Figure.bias("A", 0), Figure.bias("B", 1)};

    private AccuracyTables() {}

    static List<AccuracyTable> all() {
        return List.of(
                policies(),
                concurrency(),
                counterLag(),
                contention(),
                mixedHost(),
                mixedHostByModel(),
                neighbours(),
                gpu(),
                tails(),
                pipeline(),
                regimeChange(),
                batching());
    }

    private static AccuracyTable policies() {
        AccuracyTable table = new AccuracyTable(
                "policies", "A (1 ms, 5 W, 1 core) and B (200 ms, 60 W, 6 cores), four calls of each in flight");
        for (double tick : TICKS) {
            table.row("tick " + ms(tick), () -> Scenarios.pair(8, tick), PAIR);
        }
        return table;
    }

    private static AccuracyTable concurrency() {
        AccuracyTable table = new AccuracyTable("concurrency", "The same pair by calls in flight and tick");
        for (int inFlight : new int[] {1, 4, 16}) {
            for (double tick : TICKS) {
                table.row(inFlight + " in flight, tick " + ms(tick), () -> Scenarios.pair(inFlight, tick), PAIR);
            }
        }
        return table.row("4 in flight, tick 10 ms, idle drifts by 10 %", () -> Scenarios.driftingIdle(4, 0.01), PAIR);
    }

    private static AccuracyTable counterLag() {
        AccuracyTable table = new AccuracyTable(
                "lag",
                "The same pair, eight calls in flight, by the wait between features and counter; a slow counter");
        for (double tick : new double[] {0.005, 0.01}) {
            for (double wait : new double[] {0, 0.0005}) {
                table.row(
                        "tick " + ms(tick) + ", wait " + ms(wait),
                        () -> Scenarios.pair(8, tick).counterWait(wait),
                        PAIR);
            }
        }
        for (double tick : new double[] {0.01, 0.1}) {
            table.row(
                    "tick " + ms(tick) + ", counter every 100 ms",
                    () -> Scenarios.pair(8, tick).counter(CounterModel.rapl(0.1)),
                    PAIR);
        }
        return table;
    }

    private static AccuracyTable contention() {
        AccuracyTable table =
                new AccuracyTable("contention", "A (1 ms, 5 W, 1 core) and B (200 ms, 30 W, 3 cores) on 8 cores");
        for (double load : new double[] {0.6, 0.9, 0.97}) {
            table.row("load " + load, () -> Scenarios.contention(load, 0.01), PAIR);
        }
        for (Clocks clocks : Clocks.values()) {
            double tick = clocks == Clocks.PLAIN ? 0.05 : 0.02;
            table.row(
                    "2 cores, one taken by others, tick " + ms(tick) + ", "
                            + clocks.name().toLowerCase(Locale.ROOT) + " clocks",
                    () -> Scenarios.crowdedHost(tick).clocks(clocks),
                    PAIR);
        }
        return table;
    }

    private static AccuracyTable mixedHost() {
        AccuracyTable table =
                new AccuracyTable("mixed", "Ten models, 0.5 ms on one core at 4 W to 500 ms on eight at 90 W");
        for (double tick : new double[] {0.01, 0.02, 0.05, 0.1, 0.25, 1}) {
            mixedRows(table, "tick " + ms(tick), tick, Clocks.EXACT);
        }
        mixedRows(table, "tick 20 ms, native clocks", 0.02, Clocks.NATIVE);
        mixedRows(table, "tick 50 ms, plain clocks", 0.05, Clocks.PLAIN);
        table.row(
                "16 cores 80 % busy, ticks of 20 ms divided three by three, plain clocks",
                () -> Scenarios.mixedHost(16, 0.8, 0.02).clocks(Clocks.PLAIN).dividedOver(0.04),
                Figure.weightedBias(),
                Figure.coverage());
        return table;
    }

    private static void mixedRows(AccuracyTable table, String name, double tick, Clocks clocks) {
        table.row(
                "32 cores 40 % busy, " + name,
                () -> Scenarios.mixedHost(32, 0.4, tick).clocks(clocks),
                Figure.weightedBias(),
                Figure.coverage());
        table.row(
                "16 cores 80 % busy, " + name,
                () -> Scenarios.mixedHost(16, 0.8, tick).clocks(clocks),
                Figure.weightedBias(),
                Figure.coverage());
    }

    private static AccuracyTable mixedHostByModel() {
        AccuracyTable table = new AccuracyTable("models", "The ten models one by one, 16 cores 80 % busy");
        byModel(table, "tick 10 ms", 0.01, Clocks.EXACT);
        byModel(table, "tick 50 ms, plain clocks", 0.05, Clocks.PLAIN);
        return table;
    }

    private static void byModel(AccuracyTable table, String name, double tick, Clocks clocks) {
        int models = Scenarios.mixedHost(16, 0.8, tick).models.size();
        Figure[] figures = new Figure[4 * models + 1];
        figures[0] = Figure.idleBias();
        for (int i = 0; i < models; i++) {
            String model = "m" + i;
            figures[4 * i + 1] = Figure.bias(model, i);
            figures[4 * i + 2] = Figure.halfWidth(model, i);
            figures[4 * i + 3] = Figure.callMedian(model, i);
            figures[4 * i + 4] = Figure.callP95(model, i);
        }
        table.row(name, () -> Scenarios.mixedHost(16, 0.8, tick).clocks(clocks), figures);
    }

    private static AccuracyTable neighbours() {
        AccuracyTable table = new AccuracyTable(
                "neighbours",
                "The ten models, 32 cores 40 % busy, beside other processes that draw 20 W give or take 10");
        for (boolean visible : new boolean[] {true, false}) {
            table.row(
                    "tick 50 ms, others " + (visible ? "visible" : "hidden"),
                    () -> Scenarios.noisyNeighbour(visible, 0.05),
                    Figure.weightedBias(),
                    Figure.groupBias(),
                    Figure.coverage());
        }
        return table;
    }

    private static AccuracyTable gpu() {
        AccuracyTable table =
                new AccuracyTable("gpu", "GPU: A (20 ms, 80 W) and B (200 ms, 250 W), four calls of each in flight");
        for (double interval : new double[] {0.1, 0.02}) {
            for (double tick : new double[] {0.01, 0.02, 0.025, 0.05, 0.1, 1}) {
                table.row(
                        "counter every " + ms(interval) + ", tick " + ms(tick),
                        () -> Scenarios.gpu(8, CounterModel.nvml(interval, 0, 1), tick),
                        PAIR);
            }
        }
        for (boolean visible : new boolean[] {true, false}) {
            table.row(
                    "another process draws 100 W, " + (visible ? "seen every 200 ms" : "not seen")
                            + ", counter every 100 ms, tick 25 ms",
                    () -> Scenarios.sharedGpu(visible, 0.025),
                    PAIR);
        }
        return table.row(
                        "counter every 100 ms sees 25 %, tick 10 ms",
                        () -> Scenarios.gpu(8, CounterModel.nvml(0.1, 0, 0.25), 0.01), PAIR)
                .row(
                        "counter every 100 ms sees 25 %, 50 ms late, tick 10 ms",
                        () -> Scenarios.gpu(8, CounterModel.nvml(0.1, 0.05, 0.25), 0.01), PAIR);
    }

    private static AccuracyTable tails() {
        AccuracyTable table = new AccuracyTable(
                "tails", "Beside A, B (60 ms, 60 W, 6 cores, 5 calls/s) draws 20 W for a while after its last call");
        for (double tail : new double[] {0.05, 0.5}) {
            table.row("lingers " + ms(tail) + " without processor time", () -> Scenarios.lingering(tail, 0.01), PAIR);
        }
        return table.row("spins 50 ms", () -> Scenarios.spinning(0.05, 0.01), PAIR);
    }

    private static AccuracyTable pipeline() {
        AccuracyTable table = new AccuracyTable(
                "pipeline", "B (20 ms, 60 W, 6 cores) follows each call of A (60 ms, 40 W, 6 cores), 33 a second");
        for (double tick : new double[] {0.01, 0.25}) {
            table.row(
                    "tick " + ms(tick),
                    () -> Scenarios.pipeline(tick),
                    Figure.bias("A", 0),
                    Figure.bias("B", 1),
                    Figure.groupBias(),
                    Figure.halfWidth("B", 1));
        }
        return table;
    }

    private static AccuracyTable regimeChange() {
        return new AccuracyTable("regime", "After five minutes A draws half and B half as much again; B's bias %")
                .row(
                        "tick 10 ms",
                        () -> Scenarios.regimeChange(0.01),
                        Figure.biasBetween("the minute before", 0, 1),
                        Figure.biasBetween("0 to 5 s after", 1, 1),
                        Figure.biasBetween("5 to 15 s after", 2, 1),
                        Figure.biasBetween("15 to 60 s after", 3, 1),
                        Figure.biasBetween("60 to 150 s after", 4, 1));
    }

    private static AccuracyTable batching() {
        AccuracyTable table = new AccuracyTable(
                "batching", "GPU, A and B in batches of 1, 2, 4, 8 or 16, power in proportion, counter every 20 ms");
        for (boolean known : new boolean[] {true, false}) {
            table.row(
                    known ? "sizes known at begin" : "sizes unknown",
                    () -> Scenarios.batching(known, 0.02),
                    Figure.bias("A", 0),
                    Figure.bias("B", 1),
                    Figure.callMedian("A", 0),
                    Figure.callMedian("B", 1),
                    Figure.callP95("A", 0),
                    Figure.callP95("B", 1));
        }
        return table;
    }

    private static String ms(double seconds) {
        return seconds >= 1
                ? Math.round(seconds) + " s"
                : BigDecimal.valueOf(seconds)
                                .movePointRight(3)
                                .stripTrailingZeros()
                                .toPlainString() + " ms";
    }
}
