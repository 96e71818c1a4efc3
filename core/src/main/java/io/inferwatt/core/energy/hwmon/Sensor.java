package io.inferwatt.core.energy.hwmon;

import java.nio.file.Path;

/**
 * One energy counter or power reading of a chip.
 *
 * @param chip the chip that has it
 * @param kind what it counts
 * @param number which of its kind, from 1
 * @param file what is read
 * @param label what the kernel or the firmware calls it; empty if neither does
 * @param pauseNanos reading it sooner than this after a reading cannot tell anything new; 0 if unknown
 */
record Sensor(Chip chip, Kind kind, int number, Path file, String label, long pauseNanos) {

    /** What a sensor counts, and in which unit. */
    enum Kind {
        /** Microjoules since some start. */
        ENERGY,
        /** Microwatts now, or their mean over the latest interval. */
        POWER
    }

    /** Returns its name for a person. */
    String described() {
        String place = chip.id() + "/" + file.getFileName();
        return label.isEmpty() ? place : place + " (" + label + ")";
    }
}
