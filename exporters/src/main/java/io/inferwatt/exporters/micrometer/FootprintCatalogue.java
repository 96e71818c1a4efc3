package io.inferwatt.exporters.micrometer;

import static io.inferwatt.exporters.micrometer.Family.counter;

import java.util.List;

/** The part of the metric contract that tells what scores and disclosures are made of: sums, never ratios. */
final class FootprintCatalogue {

    private static final String PREFIX = Catalogue.PREFIX;

    static final Family IDLE_SHARE_CO2E = counter(
            PREFIX + "idle.share.co2e",
            "grams",
            "Grams of CO2e that the boundary with_idle adds to operational CO2e. Location-based, facility level.",
            "model");

    static final Family MARKET_CO2E = counter(
            PREFIX + "co2e.market",
            "grams",
            "Grams of operational CO2e of this machine's electricity as bought. Boundary: with_idle, facility. Beside "
                    + "location-based grams, never added to them, and never part of an SCI score.",
            "model");

    static final Family TRAINING_CO2E = counter(
            PREFIX + "training.co2e",
            "grams",
            "The requests' share of the grams of CO2e that training the model emitted. Never part of another figure.",
            "model");

    static final Family TENANT_ENERGY = counter(
            PREFIX + "tenant.energy",
            "joules",
            "Joules of the requests of one tenant, here and estimated elsewhere, as far as known. Boundary: with_idle, IT "
                    + "energy. other: tenants without a name of their own; none: nobody.",
            "tenant");

    static final Family TENANT_CO2E = counter(
            PREFIX + "tenant.co2e",
            "grams",
            "Grams of CO2e, operational and embodied, of the requests of one tenant. Boundary: with_idle, facility, "
                    + "location-based.",
            "tenant");

    static final List<Family> ALL = List.of(IDLE_SHARE_CO2E, MARKET_CO2E, TRAINING_CO2E, TENANT_ENERGY, TENANT_CO2E);

    private FootprintCatalogue() {}
}
