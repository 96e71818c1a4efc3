package io.inferwatt.agent.command;

import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures of a reading, in words for a person. */
final class Figures {

    static final String UNKNOWN = "unknown";

    /** What a domain names as its source while it has none. */
    private static final String NO_SOURCE = "none";

    private Figures() {}

    static boolean speaks(DomainReading reading) {
        return !reading.source().equals(NO_SOURCE);
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

    /** Returns the 95 % band of a figure, {@value #UNKNOWN} where there is none. */
    static String error(@Nullable ErrorBand band) {
        return band == null || band.equals(ErrorBand.NONE) ? UNKNOWN : band.inWords();
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
