package io.inferwatt.core.simulation;

/**
 * Truth and books between two marks.
 *
 * @param fromSeconds after the quiet time
 */
record Segment(double fromSeconds, double toSeconds, Tally truth, Tally books) {

    /** Returns what the books of a model are off by, in percent of its true joules. */
    double biasPercent(int model) {
        return percent(books.models()[model], truth.models()[model]);
    }

    double idleBiasPercent() {
        return percent(books.idle(), truth.idle());
    }

    /** Returns the mean of the models' absolute biases, each with the weight of its true joules. */
    double weightedBiasPercent() {
        double wrong = 0;
        double joules = 0;
        for (int i = 0; i < truth.models().length; i++) {
            wrong += Math.abs(books.models()[i] - truth.models()[i]);
            joules += truth.models()[i];
        }
        return 100 * wrong / joules;
    }

    /** Returns the bias of all models together. */
    double groupBiasPercent() {
        double booked = 0;
        double joules = 0;
        for (int i = 0; i < truth.models().length; i++) {
            booked += books.models()[i];
            joules += truth.models()[i];
        }
        return percent(booked, joules);
    }

    private static double percent(double booked, double joules) {
        return 100 * (booked / joules - 1);
    }
}
