package io.inferwatt.it.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The order of the sides in a round: each comes first in its turn, so that none always follows the same other. */
final class Turn {

    private Turn() {}

    static <T> List<T> of(List<T> sides, int round) {
        List<T> turned = new ArrayList<>(sides);
        Collections.rotate(turned, -round);
        return turned;
    }
}
