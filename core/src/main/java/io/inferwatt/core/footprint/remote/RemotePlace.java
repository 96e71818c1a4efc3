package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.footprint.CarbonIntensity;

/**
 * Where a remote model runs, for people.
 *
 * @param provider in the words of {@code gen_ai.provider.name}; {@code unknown} where nothing tells, {@code self} for own machines
 * @param region the provider's name of the place or a country; empty where not known
 * @param grid carbon intensity in force
 * @param pue building energy over IT energy; a range where sources differ
 * @param wueLitersPerKwh litres of water on site for each kWh of IT energy, or unknown
 * @param ewifLitersPerKwh litres of water at power plants for each kWh drawn from the grid, NaN where not known
 * @param facilitySource who says so of PUE and water on site
 * @param ewifSource who says so of the water at power plants, empty where not known
 * @param providerMean whether the region is not known or not in the table, so that these are means of the provider or of the world
 */
public record RemotePlace(
        String provider,
        String region,
        CarbonIntensity grid,
        Range pue,
        Range wueLitersPerKwh,
        double ewifLitersPerKwh,
        String facilitySource,
        String ewifSource,
        boolean providerMean) {}
