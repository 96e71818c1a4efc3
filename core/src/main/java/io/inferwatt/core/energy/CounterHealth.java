package io.inferwatt.core.energy;

/**
 * How often a counter behaved oddly since it was opened.
 *
 * @param wraps register overflows that were corrected
 * @param resets times it restarted from a lower value
 * @param implausible jumps beyond any power the domain could draw, all refused
 */
public record CounterHealth(long wraps, long resets, long implausible) {

    public static final CounterHealth GOOD = new CounterHealth(0, 0, 0);
}
