package io.inferwatt.agent.command;

import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import java.util.Locale;

/** Figures of a reading, in words for a person. */
final class Figures {

    static final String UNKNOWN = "unknown";

    /** What a domain names as its source while it has none. */
    private static final String NO_SOURCE = "none";

    /** Half width of a normal 95 % band in standard uncertainties. */
    private static final double BAND_95 = 1.96;

    private Figures() {}

    static boolean speaks(DomainReading reading) {
        return !reading.source().equals(NO_SOURCE);
    }

    /** Returns the half width of the 95 % band as a ratio, NaN where unknown. */
    static double band(double relativeUncertainty) {
        return BAND_95 * relativeUncertainty;
    }

    static String watts(double watts) {
        if (Double.isNaN(watts)) {
            return UNKNOWN;
        }
        return String.format(Locale.ROOT, watts >= 100 ? "%.0f W" : watts >= 10 ? "%.1f W" : "%.2f W", watts);
    }

    static String seconds(double seconds) {
        double millis = 1000 * seconds;
        if (millis >= 1000) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return String.format(Locale.ROOT, millis >= 10 ? "%.0f ms" : "%.1f ms", millis);
    }

    /** Returns how often the figure is renewed. */
    static String update(DomainReading reading) {
        if (!Double.isNaN(reading.updateSeconds())) {
            return seconds(reading.updateSeconds());
        }
        if (!speaks(reading)) {
            return UNKNOWN;
        }
        if (reading.quality() != Quality.MEASURED) {
            return "computed";
        }
        return reading.flags().contains(ReadingFlag.INTEGRATED) ? "as read" : UNKNOWN;
    }

    /**
     * Returns the 95 % band. From 100 % on its lower end would be below zero, so there it is that of the log-normal
     * distribution with the same relative standard uncertainty u: a factor of exp(1.96 sqrt(ln(1 + u^2))) either way.
     */
    static String error(double relativeUncertainty) {
        double percent = 100 * band(relativeUncertainty);
        if (Double.isNaN(percent)) {
            return UNKNOWN;
        }
        if (percent >= 100) {
            double spread = Math.sqrt(Math.log1p(relativeUncertainty * relativeUncertainty));
            return String.format(Locale.ROOT, "factor %.1f", Math.exp(BAND_95 * spread));
        }
        return String.format(Locale.ROOT, percent < 1 ? "±%.1f %%" : "±%.0f %%", percent);
    }

    static String words(ReadingFlag flag) {
        return switch (flag) {
            case INTEGRATED -> "power readings, added up: what happens between two readings is not seen";
            case VM_VIEW -> "what the hypervisor counts for this virtual machine, no register of the hardware";
            case MODULE_SCOPE -> "covers a module of several parts, such as a GPU with its processor";
            case SHARED_GPU -> "other processes may use it, and their part cannot be told from ours";
            default -> flag.label();
        };
    }
}
