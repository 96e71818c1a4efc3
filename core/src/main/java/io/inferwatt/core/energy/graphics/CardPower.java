package io.inferwatt.core.energy.graphics;

import java.util.List;

/**
 * A GPU that can tell its power.
 *
 * @param name for a person
 * @param pciIds vendor and device number as the kernel writes them, {@code 0x1002:0x744c}
 * @param draw its power meter
 */
record CardPower(String name, String pciIds, Draw draw) {

    /** A power meter. */
    interface Draw {
        /** Returns the power in watts now; 0 or less where it is not known. */
        double watts();
    }

    /** Where cards come from; may start programs, so it is asked once. */
    interface Listing {
        List<CardPower> cards();
    }
}
