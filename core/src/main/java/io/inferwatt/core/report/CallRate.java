package io.inferwatt.core.report;

import io.inferwatt.core.energy.Quality;

/**
 * What the calls of one model drew lately on this machine, for each second that one unit of them was in flight; boundary {@code
 * with_idle}. A call of u units that took s seconds has drawn about {@code u * s} times as much; what it has really drawn is known
 * a second later.
 *
 * @param joules above 0
 * @param grams CO2e: electricity with the building's overhead, location-based, and making the machine, together
 * @param lowRatio with 95 % confidence the joules are at least this multiple, NaN where not known
 * @param highRatio at most this multiple, NaN where not known
 * @param quality the worst among the sources of its joules
 */
public record CallRate(double joules, double grams, double lowRatio, double highRatio, Quality quality) {}
