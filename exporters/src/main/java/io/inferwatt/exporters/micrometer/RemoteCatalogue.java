package io.inferwatt.exporters.micrometer;

import static io.inferwatt.exporters.micrometer.Family.counter;
import static io.inferwatt.exporters.micrometer.Family.gauge;

import java.util.List;

/**
 * The part of the metric contract that tells of models in other processes, here or on other machines: only applications that ask one
 * have these families.
 */
final class RemoteCatalogue {

    private static final String PREFIX = Catalogue.PREFIX;

    static final Family REQUESTS = counter(
            PREFIX + "remote.requests",
            null,
            "Calls that asked another machine, estimated or not, those inside other calls too.",
            "model");

    static final Family UNESTIMATED_REQUESTS = counter(
            PREFIX + "unestimated.requests",
            null,
            "Calls that asked another machine and have no figure there: the model is unknown_model, the answer told no_usage, "
                    + "the call failed, or the method has no_figure for such work.",
            "model",
            "reason");

    static final Family UNESTIMATED_TOKENS = counter(
            PREFIX + "unestimated.tokens",
            null,
            "Tokens of calls that asked another machine and have no figure there, as far as told; part of all tokens.",
            "model",
            "type");

    static final Family BOUND = counter(
            PREFIX + "remote.bound",
            "joules",
            "Low and high end of the 95 % band of the joules estimated on other machines. Boundary: with_idle, IT energy. "
                    + "Ends of calls and models add up linearly, since their errors are alike.",
            "model",
            "bound");

    static final Family WATER_UNKNOWN = counter(
            PREFIX + "water.unknown.requests",
            null,
            "Calls with an estimate on another machine whose liters are not known.",
            "model");

    static final Family PLACE = gauge(
            PREFIX + "remote.place.info",
            null,
            "1 for each place where remote models ran; source says where its grid intensity comes from.",
            "provider",
            "region",
            "zone",
            "source");

    static final Family GRID_INTENSITY = gauge(
            PREFIX + "remote.grid.carbon.intensity",
            "grams_per_kwh",
            "Grid intensity in force where remote models ran, in grams of CO2e per kWh.",
            "provider",
            "region");

    static final Family LOCAL_SERVER_CALLS = counter(
            PREFIX + "local.server.requests",
            null,
            "Requests to a model server in another process of this machine. unmetered: its process was not found, and what it "
                    + "drew for them is part of unattributed energy with reason other.",
            "server",
            "state");

    static final Family LOCAL_SERVER_CPU = counter(
            PREFIX + "local.server.cpu",
            "seconds",
            "Processor seconds of such a server and its children that are booked to models; their joules are part of the "
                    + "models' energy.",
            "server");

    static final List<Family> ALL = List.of(
            REQUESTS,
            UNESTIMATED_REQUESTS,
            UNESTIMATED_TOKENS,
            BOUND,
            WATER_UNKNOWN,
            PLACE,
            GRID_INTENSITY,
            LOCAL_SERVER_CALLS,
            LOCAL_SERVER_CPU);

    private RemoteCatalogue() {}
}
