package io.inferwatt.it.live;

import java.util.ArrayList;
import java.util.List;

/**
 * What the machine draws, as linear as no real one is.
 *
 * @param modelWatts for each model joules a processor second of it
 * @param restWatts joules a processor second of the application outside model calls
 * @param othersWatts joules a processor second of all other processes
 * @param idleWatts drawn all the time
 */
public record PowerLaw(List<Double> modelWatts, double restWatts, double othersWatts, double idleWatts) {

    public PowerLaw {
        modelWatts = List.copyOf(modelWatts);
    }

    /** Reads the watts of each model, the rest, others and idle, separated with {@code ;}. */
    public static PowerLaw of(String text) {
        List<Double> watts = new ArrayList<>();
        for (String word : text.split(";", -1)) {
            watts.add(Double.valueOf(word));
        }
        int models = watts.size() - 3;
        return new PowerLaw(watts.subList(0, models), watts.get(models), watts.get(models + 1), watts.get(models + 2));
    }
}
