package io.inferwatt.core.footprint;

import java.util.function.Supplier;

/** All that turns joules of this machine into grams and litres. Grid and building may become known better while running. Immutable. */
public final class FootprintFactors {

    private final CarbonIntensitySource grid;
    private final Supplier<Facility> facility;
    private final EmbodiedHardware embodied;
    private final double marketGramsPerKwh;

    /**
     * @param grid intensity of the electricity, location-based
     * @param facility the building; asked again and again, never waits
     * @param embodied what making the machine emitted
     * @param marketGramsPerKwh intensity of the electricity as bought, NaN if nobody said
     */
    public FootprintFactors(
            CarbonIntensitySource grid,
            Supplier<Facility> facility,
            EmbodiedHardware embodied,
            double marketGramsPerKwh) {
        this.grid = grid;
        this.facility = facility;
        this.embodied = embodied;
        this.marketGramsPerKwh = marketGramsPerKwh;
    }

    public CarbonIntensitySource grid() {
        return grid;
    }

    /** Returns the building as known now. */
    public Facility facility() {
        return facility.get();
    }

    public EmbodiedHardware embodied() {
        return embodied;
    }

    public double marketGramsPerKwh() {
        return marketGramsPerKwh;
    }

    /** Returns what a joule of IT energy drawn now comes to. */
    public JouleFactors now() {
        Facility building = facility();
        return new JouleFactors(
                building.grams(1, grid.current()),
                building.grams(1, marketGramsPerKwh),
                building.liters(1),
                building.pue(),
                building.onSiteLiters(1));
    }

    /**
     * What a joule of IT energy comes to, with the overhead of the building.
     *
     * @param grams operational CO2e, location-based
     * @param marketGrams the same as the electricity is bought, NaN if nobody said how
     * @param liters of water, NaN where not known
     * @param pue joules of the building, NaN where nobody asks
     * @param onSiteLiters part of {@code liters} that is used on site, NaN where not known
     */
    public record JouleFactors(double grams, double marketGrams, double liters, double pue, double onSiteLiters) {

        /** Of joules that nobody answers for. */
        public static final JouleFactors NONE = new JouleFactors(0, Double.NaN, Double.NaN);

        /** Factors of a building that nobody asks about. */
        public JouleFactors(double grams, double marketGrams, double liters) {
            this(grams, marketGrams, liters, Double.NaN, Double.NaN);
        }
    }
}
