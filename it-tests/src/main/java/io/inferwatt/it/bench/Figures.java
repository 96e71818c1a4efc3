package io.inferwatt.it.bench;

import java.util.ArrayList;
import java.util.List;

/** Values of one quantity, one a run, in the order of the runs. */
final class Figures {

    private final List<Double> values = new ArrayList<>();

    void add(double value) {
        values.add(value);
    }

    /** Returns this less {@code other}, run by run: what both runs of a pair share cancels out. */
    Figures minus(Figures other) {
        Figures difference = new Figures();
        for (int i = 0; i < values.size(); i++) {
            difference.add(values.get(i) - other.values.get(i));
        }
        return difference;
    }

    /** Returns this as a multiple of {@code other}, run by run. */
    Figures over(Figures other) {
        Figures ratio = new Figures();
        for (int i = 0; i < values.size(); i++) {
            ratio.add(values.get(i) / other.values.get(i));
        }
        return ratio;
    }

    /** Adds all of another's behind its own. */
    void addAll(Figures more) {
        values.addAll(more.values);
    }

    /** Returns the same values, the lowest first. */
    Figures sorted() {
        Figures sorted = new Figures();
        values.stream().sorted().forEach(sorted::add);
        return sorted;
    }

    int size() {
        return values.size();
    }

    /** Returns the value of a run, counted from 0. */
    double get(int run) {
        return values.get(run);
    }

    double median() {
        return quantile(0.5);
    }

    /** Returns the value that this share of the values does not exceed, interpolated. */
    double quantile(double share) {
        List<Double> sorted = values.stream().sorted().toList();
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }
}
