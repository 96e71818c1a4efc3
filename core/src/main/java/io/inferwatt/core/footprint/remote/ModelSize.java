package io.inferwatt.core.footprint.remote;

import java.util.List;

/**
 * How large a model is; sizes in billions of parameters. The ends of a range are equal where the size is published.
 *
 * @param model name or pattern of the row it comes from
 * @param activeMin parameters that compute one token, at least
 * @param activeMax the same, at most
 * @param totalMin parameters in memory, at least
 * @param totalMax the same, at most
 * @param dense whether all parameters compute each token
 * @param origin how sure the size is
 * @param source who says so
 */
record ModelSize(
        String model,
        double activeMin,
        double activeMax,
        double totalMin,
        double totalMax,
        boolean dense,
        Precision precision,
        Origin origin,
        String source) {

    enum Origin {
        PUBLISHED,
        /** Somebody other than the maker estimates it. */
        ESTIMATED,
        /** The name of the model states it. */
        NAME
    }

    /** In the names of models that answer in pictures or sound, whose tokens cost what nobody has measured. */
    private static final List<String> NOT_TEXT = List.of("-image", "-audio");

    /** Whether the answers are text; of the rows that come along their names tell, what a person has added is taken for text. */
    boolean answersInText() {
        return !source.startsWith("EcoLogits") || NOT_TEXT.stream().noneMatch(model::contains);
    }

    /** Whether both speak of the same size, whatever their names and sources. */
    boolean sameFigures(ModelSize other) {
        return activeMin == other.activeMin
                && activeMax == other.activeMax
                && totalMin == other.totalMin
                && totalMax == other.totalMax
                && precision == other.precision;
    }

    ModelSize with(Precision served) {
        return new ModelSize(model, activeMin, activeMax, totalMin, totalMax, dense, served, origin, source);
    }
}
