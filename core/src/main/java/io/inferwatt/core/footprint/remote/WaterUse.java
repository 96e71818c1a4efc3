package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.config.InferwattConfig.WaterFormula;

/** Litres of water for energy drawn in a place. */
final class WaterUse {

    private WaterUse() {}

    /** Returns litres for each kWh of IT energy, unknown where a part of it is. */
    static Range litersPerItKwh(RemotePlace place, WaterFormula formula) {
        Range pue = place.pue();
        Range wue = place.wueLitersPerKwh();
        double ewif = place.ewifLitersPerKwh();
        if (!wue.isKnown() || Double.isNaN(ewif)) {
            return Range.UNKNOWN;
        }
        return new Range(
                litersPerItKwh(pue.low(), wue.low(), ewif, formula),
                litersPerItKwh(pue.central(), wue.central(), ewif, formula),
                litersPerItKwh(pue.high(), wue.high(), ewif, formula));
    }

    /**
     * Returns litres for each kWh of IT energy: on site by the IT energy, for which WUE is defined; at power plants by the energy of
     * the building. EcoLogits 0.9 takes the energy of the building for both and the PUE a second time, and so gets the PUE times too
     * much.
     */
    static double litersPerItKwh(double pue, double wue, double ewif, WaterFormula formula) {
        double liters = wue + pue * ewif;
        return formula == WaterFormula.ECOLOGITS ? pue * liters : liters;
    }
}
