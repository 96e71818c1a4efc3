package io.inferwatt.agent.command;

import io.inferwatt.core.energy.DomainReading;
import java.util.List;

/**
 * The domains that may be added up.
 *
 * @param parts how many there are
 * @param watts NaN if that of any part is unknown: a part would pass for the whole
 * @param uncertainty relative standard uncertainty, with all errors taken to point the same way
 * @param quality the worst among the parts
 */
record PowerSum(int parts, double watts, double uncertainty, String quality) {

    static PowerSum of(List<DomainReading> readings) {
        int parts = 0;
        double watts = 0;
        double uncertainWatts = 0;
        int worst = 0;
        String quality = Figures.UNKNOWN;
        for (DomainReading reading : readings) {
            if (reading.counted()) {
                parts++;
                watts += reading.watts();
                uncertainWatts += reading.watts() * reading.relativeUncertainty();
                if (reading.quality().code() >= worst) {
                    worst = reading.quality().code();
                    quality = reading.quality().label();
                }
            }
        }
        return new PowerSum(parts, watts, uncertainWatts / watts, Double.isNaN(watts) ? Figures.UNKNOWN : quality);
    }
}
