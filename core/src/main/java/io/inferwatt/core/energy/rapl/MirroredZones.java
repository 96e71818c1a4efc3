package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.EnergyReadException;
import java.util.Arrays;

/**
 * Finds package zones that show one register twice, whoever made the processor. Known of AMD, whose dies all show their
 * socket's (CodeCarbon issues 1274 and 1379), and conceivable of any hypervisor. A zone that agrees with an earlier one at
 * the first reading does not count from then on; the first time they disagree it counts again, from that reading on: what it
 * drew until then is lost. Agreeing a second later as well, both having moved, they are mirrors for good.
 *
 * <p>Two registers of their own agree by chance in one of a million machines, and part soon after.
 */
final class MirroredZones {

    private static final int NONE = -1;
    private static final long APART_NANOS = 1_000_000_000L;
    private static final double RELATIVE_TOLERANCE = 1e-6;

    private final int[] originals;
    private final boolean[] proven;
    private final long[] firstMicrojoules;
    private long firstNanos;
    private boolean begun;
    private int suspects;

    MirroredZones(int zones) {
        originals = new int[zones];
        proven = new boolean[zones];
        firstMicrojoules = new long[zones];
        Arrays.fill(originals, NONE);
    }

    /** Returns whether the joules of this zone are its own. */
    boolean counts(int zone) {
        return originals[zone] == NONE;
    }

    /** Returns whether this zone is a mirror for good and needs no reading any more. */
    boolean proven(int zone) {
        return proven[zone];
    }

    /**
     * Judges by the readings that the meters hold, which were taken one after the other just now. Reads suspects' originals
     * once more: a mirror lies between the two, however long the readings took.
     *
     * @return whether the judgement about any zone has changed
     */
    boolean judge(ZoneMeter[] meters, long nowNanos) throws EnergyReadException {
        if (!begun) {
            firstNanos = nowNanos;
            begin(meters, nowNanos);
            begun = true;
            return suspects > 0;
        }
        boolean changed = false;
        for (int zone = 0; suspects > 0 && zone < meters.length; zone++) {
            if (originals[zone] != NONE && !proven[zone]) {
                changed |= judge(meters, zone, nowNanos);
            }
        }
        return changed;
    }

    private void begin(ZoneMeter[] meters, long nowNanos) throws EnergyReadException {
        for (int original = 0; original < meters.length - 1; original++) {
            long later = meters[original].glance(nowNanos);
            for (int zone = original + 1; zone < meters.length; zone++) {
                if (originals[original] == NONE && originals[zone] == NONE && agree(meters, original, zone, later)) {
                    originals[zone] = original;
                    firstMicrojoules[zone] = meters[zone].rawMicrojoules();
                    suspects++;
                }
            }
        }
    }

    private boolean judge(ZoneMeter[] meters, int zone, long nowNanos) throws EnergyReadException {
        ZoneMeter original = meters[originals[zone]];
        long later = original.glance(nowNanos);
        if (later < original.rawMicrojoules()) {
            return false; // wrapped between the two: tells nothing
        }
        if (!agree(meters, originals[zone], zone, later)) {
            originals[zone] = NONE;
            suspects--;
            return true;
        }
        boolean moved = meters[zone].rawMicrojoules() != firstMicrojoules[zone];
        if (moved && nowNanos - firstNanos >= APART_NANOS) {
            proven[zone] = true;
            suspects--;
            return true;
        }
        return false;
    }

    private static boolean agree(ZoneMeter[] meters, int original, int zone, long later) {
        long earlier = meters[original].rawMicrojoules();
        long shown = meters[zone].rawMicrojoules();
        return (earlier <= shown && shown <= later)
                || Math.abs(earlier - shown) <= RELATIVE_TOLERANCE * Math.max(earlier, shown);
    }
}
