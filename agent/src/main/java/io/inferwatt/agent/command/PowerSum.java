package io.inferwatt.agent.command;

import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Quality;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The domains that may be added up.
 *
 * @param parts how many there are
 * @param watts NaN if that of any part is unknown: a part would pass for the whole
 * @param band 95 % band, with all errors taken to point the same way; null where the power is unknown
 * @param quality the worst among the parts, {@value Figures#UNKNOWN} if any part has no source
 */
record PowerSum(int parts, double watts, @Nullable ErrorBand band, String quality) {

    static PowerSum of(List<DomainReading> readings) {
        int parts = 0;
        double watts = 0;
        double lowWatts = 0;
        double highWatts = 0;
        Quality worst = Quality.MEASURED;
        boolean allSpeak = true;
        for (DomainReading reading : readings) {
            if (reading.counted()) {
                parts++;
                watts += reading.watts();
                lowWatts += reading.watts() * reading.band().lowRatio();
                highWatts += reading.watts() * reading.band().highRatio();
                worst = reading.quality().code() > worst.code() ? reading.quality() : worst;
                allSpeak &= Figures.speaks(reading);
            }
        }
        ErrorBand band = watts > 0 ? new ErrorBand(lowWatts / watts, highWatts / watts) : null;
        return new PowerSum(parts, watts, band, parts > 0 && allSpeak ? worst.label() : Figures.UNKNOWN);
    }
}
