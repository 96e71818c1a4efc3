package io.inferwatt.core.simulation;

import java.util.SplittableRandom;

/**
 * Random numbers from a seed, the same on every machine and JDK: the JDK's own normal and exponential ones changed in
 * their last digits between 17 and 25.
 */
final class Chance {

    private final SplittableRandom random;
    private double spare = Double.NaN;

    Chance(long seed) {
        this(new SplittableRandom(seed));
    }

    private Chance(SplittableRandom random) {
        this.random = random;
    }

    /** Returns an independent source. */
    Chance split() {
        return new Chance(random.split());
    }

    /** Returns a number from 0, included, to 1, excluded. */
    double uniform() {
        return random.nextDouble();
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Returns an exponential number of mean 1. */
    double exponential() {
        return -StrictMath.log(1 - random.nextDouble());
    }

    /** Returns a normal number of mean 0 and deviation 1, by Marsaglia's polar method. */
    double normal() {
        if (!Double.isNaN(spare)) {
            double kept = spare;
            spare = Double.NaN;
            return kept;
        }
        while (true) {
            double x = 2 * random.nextDouble() - 1;
            double y = 2 * random.nextDouble() - 1;
            double square = x * x + y * y;
            if (square > 0 && square < 1) {
                double stretch = Math.sqrt(-2 * StrictMath.log(square) / square);
                spare = y * stretch;
                return x * stretch;
            }
        }
    }
}
