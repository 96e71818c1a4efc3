package io.inferwatt.agent.command;

import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.Quality;
import java.util.List;

/**
 * The domains that may be added up.
 *
 * @param parts how many there are
 * @param watts NaN if that of any part is unknown: a part would pass for the whole
 * @param uncertainty relative standard uncertainty, with all errors taken to point the same way
 * @param quality the worst among the parts, {@value Figures#UNKNOWN} if any part has no source
 */
record PowerSum(int parts, double watts, double uncertainty, String quality) {

    static PowerSum of(List<DomainReading> readings) {
        int parts = 0;
        double watts = 0;
        double uncertainWatts = 0;
        Quality worst = Quality.MEASURED;
        boolean allSpeak = true;
        for (DomainReading reading : readings) {
            if (reading.counted()) {
                parts++;
                watts += reading.watts();
                uncertainWatts += reading.watts() * reading.relativeUncertainty();
                worst = reading.quality().code() > worst.code() ? reading.quality() : worst;
                allSpeak &= Figures.speaks(reading);
            }
        }
        return new PowerSum(
                parts, watts, uncertainWatts / watts, parts > 0 && allSpeak ? worst.label() : Figures.UNKNOWN);
    }
}
