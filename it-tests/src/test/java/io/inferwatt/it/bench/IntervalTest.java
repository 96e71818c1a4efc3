package io.inferwatt.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void interval_ofEqualValues_isOneOfThem() {
        Interval interval = Interval.ofMedian(figures(2, 2, 2));

        assertThat(interval).isEqualTo(new Interval(2, 2, 2, 0.75));
    }

    /** Five tosses that all show the same face, of one kind or of the other: 2 of 32. */
    @Test
    void interval_ofFiveValues_isFromTheLowestToTheHighest_andFifteenSixteenthsSure() {
        Interval interval = Interval.ofMedian(figures(1, 5, 2, 4, 3));

        assertThat(interval).isEqualTo(new Interval(3, 1, 5, 0.9375));
        assertThat(Interval.name(5)).isEqualTo("94 % interval of the median");
    }

    /** 2 × (1 + 15 + 105 + 455) of 32,768 ways have at most three of one face; with 1,365 more it would be 12 in 100. */
    @Test
    void interval_ofFifteenValues_leavesOutThreeOnEitherSide() {
        Interval interval = Interval.ofMedian(figures(15, 1, 14, 2, 13, 3, 12, 4, 11, 5, 10, 6, 9, 7, 8));

        assertThat(interval).isEqualTo(new Interval(8, 4, 12, 1 - 1152.0 / 32_768));
    }

    @Test
    void interval_ofOneValue_isNotSureAtAll() {
        assertThat(Interval.ofMedian(figures(7))).isEqualTo(new Interval(7, 7, 7, 0));
    }

    /** It holds the median of whatever distribution as often as it says, to a few in 2,000: here of one that is far from normal. */
    @Test
    void interval_holdsTheTrueMedian_asOftenAsItSays() {
        Random random = new Random(7);
        double trueMedian = Math.log(2);
        int held = 0;
        for (int i = 0; i < 2_000; i++) {
            Figures values = new Figures();
            for (int j = 0; j < 5; j++) {
                values.add(-Math.log(1 - random.nextDouble()));
            }
            Interval interval = Interval.ofMedian(values);
            held += interval.low() <= trueMedian && interval.high() >= trueMedian ? 1 : 0;
        }
        assertThat(held / 2_000.0).isBetween(0.92, 0.955);
    }

    private static Figures figures(double... values) {
        Figures figures = new Figures();
        for (double value : values) {
            figures.add(value);
        }
        return figures;
    }
}
