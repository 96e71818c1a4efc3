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

    /** Returns whether nothing odd happened. */
    public boolean isGood() {
        return wraps == 0 && resets == 0 && implausible == 0;
    }

    /** Returns the sum; one of the two themselves, not a copy, where nothing happened to the other. */
    public CounterHealth plus(CounterHealth other) {
        if (other.isGood()) {
            return this;
        }
        return isGood()
                ? other
                : new CounterHealth(wraps + other.wraps, resets + other.resets, implausible + other.implausible);
    }
}
