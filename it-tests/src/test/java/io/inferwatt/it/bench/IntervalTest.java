package io.inferwatt.it.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalTest {

    @Test
    void interval_ofEqualValues_isOneOfThem() {
        Figures values = figures(2, 2, 2);

        assertThat(Interval.ofMedian(values)).isEqualTo(new Interval(2, 2, 2));
    }

    @Test
    void interval_holdsTheMedian_andNoMoreThanTheValues() {
        Interval interval = Interval.ofMedian(figures(1, 5, 2, 4, 3));

        assertThat(interval.median()).isEqualTo(3);
        assertThat(interval.low()).isBetween(1.0, 3.0);
        assertThat(interval.high()).isBetween(3.0, 5.0);
    }

    /** Of intervals at 95 % some 5 in 100 miss what they are about: here the median of a normal distribution. */
    @Test
    void interval_holdsTheTrueMedian_aboutAsOftenAsItSays() {
        Random random = new Random(7);
        int held = 0;
        for (int i = 0; i < 100; i++) {
            Figures values = new Figures();
            for (int j = 0; j < 15; j++) {
                values.add(random.nextGaussian());
            }
            Interval interval = Interval.ofMedian(values);
            held += interval.low() <= 0 && interval.high() >= 0 ? 1 : 0;
        }
        assertThat(held).isBetween(88, 99);
    }

    private static Figures figures(double... values) {
        Figures figures = new Figures();
        for (double value : values) {
            figures.add(value);
        }
        return figures;
    }
}
