package io.inferwatt.core.call;

/**
 * How long a call has been in flight under the key that it is booked under now: by this its share of the model's energy is reckoned.
 *
 * @param key number of the key
 * @param unitSeconds seconds times the call's units
 */
public record UnitTime(int key, double unitSeconds) {

    static UnitTime of(int key, long units, long fromNanos, long nowNanos) {
        return new UnitTime(key, units * Math.max(0, nowNanos - fromNanos) / 1e9);
    }
}
