package io.inferwatt.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.config.AttributionMethod;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static Segment segment(double[] truth, double[] books) {
        return new Segment(0, 60, new Tally(truth, 100, 0, 0), new Tally(books, 90, 0, 0));
    }

    private static Outcome outcome(double[] halfWidths, double[] truth, double[] books) {
        return new Outcome(
                AttributionMethod.EQUAL,
                List.of(segment(truth, books)),
                new CallErrors(truth.length),
                0,
                0,
                0,
                new double[truth.length],
                0,
                halfWidths);
    }

    @Test
    void bias_isRelativeToTheTruth() {
        Segment segment = segment(new double[] {100, 300}, new double[] {150, 250});
        assertThat(segment.biasPercent(0)).isEqualTo(50);
        assertThat(segment.groupBiasPercent()).isZero();
        assertThat(segment.weightedBiasPercent()).isEqualTo(25);
        assertThat(segment.idleBiasPercent()).isCloseTo(-10, within(1e-9));
    }

    @Test
    void coverage_countsTheModelsWithinTheirBand() {
        double[] truth = {100, 100, 100, 100};
        double[] books = {105, 89, 100, 120};
        assertThat(coverage(outcome(new double[] {6, 10, 1, 25}, truth, books))).isEqualTo(75);
        assertThat(coverage(outcome(new double[] {6, 10, Double.NaN, Double.NaN}, truth, books)))
                .isEqualTo(50);
        double[] none = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        assertThat(coverage(outcome(none, truth, books))).isNaN();
    }

    private static double coverage(Outcome outcome) {
        return Figure.coverage().value().applyAsDouble(outcome);
    }

    @Test
    void callErrors_haveTheirQuantilesByModel() {
        CallErrors errors = new CallErrors(2);
        for (int i = 0; i <= 2_000; i++) {
            errors.add(1, 1 + i / 2_000.0, 1);
        }
        assertThat(errors.count(0)).isZero();
        assertThat(errors.median(0)).isNaN();
        assertThat(errors.median(1)).isBetween(49.9, 50.1);
        assertThat(errors.p95(1)).isBetween(94.9, 95.1);
    }

    @Test
    void overSeeds_printsMedianAndExtremes() {
        OverSeeds figure = new OverSeeds();
        assertThat(figure.text()).isEqualTo("-");
        figure.add(-6.84);
        assertThat(figure.text()).isEqualTo("-6.8");
        figure.add(513.4);
        figure.add(0.123);
        assertThat(figure.text()).isEqualTo("0.12 [-6.8, 513]");
    }

    @Test
    void tables_haveDifferentNamesAndDifferentRows() {
        List<AccuracyTable> tables = AccuracyTables.all();
        assertThat(tables).extracting(table -> table.id).doesNotHaveDuplicates();
        for (AccuracyTable table : tables) {
            assertThat(table.conditions).extracting(Condition::name).doesNotHaveDuplicates();
        }
    }
}
