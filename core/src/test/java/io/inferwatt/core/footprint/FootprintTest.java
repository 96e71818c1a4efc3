package io.inferwatt.core.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FootprintTest {

    private static final double UNKNOWN = Double.NaN;

    /** Of a machine whose water nobody knows. */
    private static final Footprint HERE = new Footprint(2, 0.5, 1, UNKNOWN);

    private static final Footprint ELSEWHERE = new Footprint(3, 1, UNKNOWN, 4);

    @Test
    void partThatDrewNothing_changesNothing() {
        assertThat(HERE.with(Footprint.NOTHING)).isEqualTo(HERE);
        assertThat(new Footprint(0, 0, 0, 0).with(ELSEWHERE)).isEqualTo(ELSEWHERE);
        assertThat(Footprint.NOTHING.with(Footprint.UNKNOWN)).isEqualTo(Footprint.UNKNOWN);
    }

    @Test
    void knownParts_areAddedUp_andWhatIsMissingIsSaid() {
        assertThat(HERE.with(ELSEWHERE)).isEqualTo(new Footprint(5, 1.5, 1, 4, false, true));
        assertThat(HERE.with(Footprint.UNKNOWN)).isEqualTo(new Footprint(2, 0.5, 1, UNKNOWN, true, false));
        assertThat(HERE.with(ELSEWHERE).grams()).isEqualTo(6.5);
        assertThat(Footprint.UNKNOWN.grams()).isNaN();
    }
}
