package io.inferwatt.exporters.micrometer;

import static io.inferwatt.exporters.micrometer.Family.counter;
import static io.inferwatt.exporters.micrometer.Family.gauge;

import java.util.List;
import java.util.stream.Stream;

/**
 * The metric contract: every family that is exported. Names and label keys are promises to dashboards and rules. Families of
 * remote models alone are in {@link RemoteCatalogue}, those of budgets in {@link BudgetCatalogue}, what the meter
 * itself costs in {@link AgentCatalogue}.
 */
final class Catalogue {

    static final String PREFIX = "inferwatt.";

    static final Family REQUEST_ENERGY = new Family(
            Family.Kind.HISTOGRAM,
            PREFIX + "request.energy",
            "joules",
            List.of("model", "operation"),
            "Joules of one model call, on this machine and estimated on others. Boundary: dynamic, the call's share of IT "
                    + "energy above idle.");

    /** Only where a registry's histograms have no bucket below 1. */
    static final Family REQUESTS_WITHIN = Family.counter(
            PREFIX + "requests.within",
            null,
            "Requests whose joules are at most le, as request.energy has them.",
            "model",
            "operation",
            "le");

    static final Family REQUEST_DURATION = new Family(
            Family.Kind.TIMER,
            PREFIX + "request.duration",
            null,
            List.of("model", "operation"),
            "Seconds from begin to end of a model call.");

    static final Family TIME_TO_FIRST_TOKEN = new Family(
            Family.Kind.TIMER,
            PREFIX + "time.to.first.token",
            null,
            List.of("model", "operation"),
            "Seconds from begin of a model call to the first piece of its streamed answer.");

    static final Family REQUESTS = counter(
            PREFIX + "requests",
            null,
            "Model calls that ended; calls inside another call are part of that one.",
            "model",
            "operation",
            "outcome");

    static final Family REQUESTS_ACTIVE = gauge(PREFIX + "requests.active", null, "Model calls in flight.");

    static final Family ITEMS = counter(
            PREFIX + "items",
            null,
            "Batch rows of ended model calls: the denominator when models are compared.",
            "model",
            "operation");

    static final Family ENERGY = counter(
            PREFIX + "energy",
            "joules",
            "Joules attributed to model calls; of component remote, estimated for machines elsewhere. Boundary: dynamic, IT "
                    + "energy above idle.",
            "model",
            "operation",
            "component",
            "quality");

    static final Family IDLE_SHARE = counter(
            PREFIX + "idle.share",
            "joules",
            "Joules of idle that the boundary with_idle adds to the joules of model calls. Part of the idle joules of the "
                    + "same component, or of machines elsewhere: never add them to unattributed energy with reason idle.",
            "model",
            "operation",
            "component",
            "quality");

    static final Family TAIL_ENERGY = counter(
            PREFIX + "tail.energy",
            "joules",
            "Joules drawn while no call of a model was in flight; part of its attributed joules. Boundary: dynamic.",
            "model");

    static final Family TOKENS = counter(
            PREFIX + "tokens",
            null,
            "Tokens of ended model calls; input includes cached ones, output includes reasoning.",
            "model",
            "type");

    static final Family TOKENS_CACHED = counter(
            PREFIX + "tokens.cached",
            null,
            "Input tokens that came from a cache; part of tokens of type input, never add the two.",
            "model");

    static final Family TOKENS_REASONING = counter(
            PREFIX + "tokens.reasoning",
            null,
            "Output tokens that the caller does not see; part of tokens of type output, never add the two.",
            "model");

    static final Family CO2E = counter(
            PREFIX + "co2e",
            "grams",
            "Grams of CO2e. operational: of the attributed joules, location-based, boundary dynamic, times facility overhead "
                    + "(PUE); embodied: of making this machine, boundary with_idle, and machines elsewhere where the method "
                    + "knows, for the time that a call kept them busy.",
            "model",
            "scope");

    static final Family WATER = counter(
            PREFIX + "water",
            "liters",
            "Liters of water, on site and at power plants, of joules for which both are known; component remote is that of "
                    + "machines elsewhere. Boundary: dynamic, facility.",
            "model",
            "component");

    static final Family SOURCE_ENERGY = counter(
            PREFIX + "source.energy",
            "joules",
            "Joules that the sources read or modelled, of the whole host or device: the sum of attributed and "
                    + "unattributed joules of the component.",
            "component",
            "quality");

    static final Family UNATTRIBUTED_ENERGY = counter(
            PREFIX + "unattributed.energy",
            "joules",
            "Joules of no model call: idle, runtime (this JVM outside model calls), other (other processes), gap "
                    + "(reported by the source, explained by nothing).",
            "component",
            "reason");

    static final Family POWER = gauge(
            PREFIX + "power",
            "watts",
            "Mean watts of the whole host or device over the last second or so.",
            "component");

    static final Family COVERAGE = gauge(
            PREFIX + "attribution.coverage",
            "ratio",
            "1 - gap/source energy over 5 minutes, the worst domain of the component; NaN below 1 J.",
            "component");

    static final Family UNCERTAINTY = gauge(
            PREFIX + "measurement.uncertainty",
            "ratio",
            "Relative standard uncertainty of the source's joules, weighted by watts over the component's domains; of remote, "
                    + "ln(high/low)/3.92 of the sum of the bands of all calls.",
            "component");

    static final Family MEASUREMENT = gauge(
            PREFIX + "measurement.info",
            null,
            "1 for each source in force; method is how its joules are divided among calls, per_call where each call is "
                    + "estimated by itself.",
            "component",
            "source",
            "quality",
            "method",
            "host");

    static final Family MEASUREMENT_FLAGS = gauge(
            PREFIX + "measurement.flags",
            null,
            "1 if set. integrated: readings of power over time; vm_view: what the hypervisor counts for this machine; "
                    + "module_scope: the meter covers a module of several parts; shared_gpu: others' part is not known.",
            "domain",
            "source",
            "flag");

    static final Family MEASUREMENT_BOUND = gauge(
            PREFIX + "measurement.bound",
            "ratio",
            "The true joules of a source lie between low and high times those reported, with a probability of 95 %.",
            "domain",
            "source",
            "bound");

    static final Family DEVICE_ENERGY = counter(
            PREFIX + "device.energy",
            "joules",
            "Joules that the sources read or modelled of one GPU. Part of source energy: never add the two.",
            "device");

    static final Family UNCOUNTED_ENERGY = counter(
            PREFIX + "uncounted.energy",
            "joules",
            "Joules of a meter to look at, such as that of the whole machine beside those of its parts. It contains or "
                    + "repeats what other families hold: add it to nothing.",
            "domain",
            "source");

    static final Family METER_UPDATE = gauge(
            PREFIX + "meter.update",
            "seconds",
            "Mean seconds between two movements of a slow counter; absent where it moves in every tick.",
            "domain",
            "source");

    static final Family METER_LAG = gauge(
            PREFIX + "meter.lag",
            "seconds",
            "Seconds after which a GPU's counter shows its energy, found out while calls run.",
            "domain",
            "source");

    static final Family METER_SAMPLED = gauge(
            PREFIX + "meter.sampled",
            "ratio",
            "Part of each interval that a GPU's counter looks at, found out while calls run.",
            "domain",
            "source");

    static final Family MODEL_UNCERTAINTY = gauge(
            PREFIX + "model.uncertainty",
            "ratio",
            "Relative standard uncertainty of the model's attributed joules by their division among models, on top of the "
                    + "source's; absent where the method does not know it.",
            "model");

    static final Family MODEL_FLAGS = gauge(
            PREFIX + "model.flags",
            null,
            "1 if set. weak: the model's uncertainty is above 0.25; collinear: it always works together with other models, "
                    + "and only the joules of its group are known.",
            "model",
            "flag");

    static final Family GROUP_UNCERTAINTY = gauge(
            PREFIX + "model.group.uncertainty",
            "ratio",
            "Relative standard uncertainty of the joules of all models of a collinear group together; group is its first "
                    + "model.",
            "model",
            "group");

    static final Family SAMPLES =
            counter(PREFIX + "sampler.samples", null, "Readings taken, summed over the source's domains.", "source");

    static final Family SAMPLER_ERRORS =
            counter(PREFIX + "sampler.errors", null, "Readings that failed.", "source", "reason");

    static final Family SAMPLER_WRAPS =
            counter(PREFIX + "sampler.wraps", null, "Register overflows that were corrected.", "source");

    static final Family SAMPLER_RESETS =
            counter(PREFIX + "sampler.resets", null, "Times a meter restarted from a lower value.", "source");

    static final Family SAMPLER_IMPLAUSIBLE = counter(
            PREFIX + "sampler.implausible",
            null,
            "Jumps beyond any possible power; their joules are refused.",
            "source");

    static final Family SAMPLER_GAP = counter(
            PREFIX + "sampler.gap",
            "seconds",
            "Seconds without a known reading, summed over the source's domains; no joules are counted for them.",
            "source");

    static final Family SAMPLER_LAST_SUCCESS = gauge(
            PREFIX + "sampler.last.success.timestamp",
            "seconds",
            "Unix time in seconds of the last known reading, the oldest among the source's domains; 0 if none yet.",
            "source");

    static final Family SAMPLER_INTERVAL = gauge(
            PREFIX + "sampler.interval",
            "seconds",
            "Seconds between the last two readings, the longest among the source's domains.",
            "source");

    static final Family GRID_INTENSITY = gauge(
            PREFIX + "grid.carbon.intensity",
            "grams_per_kwh",
            "Grid intensity in force, in grams of CO2e per kWh.",
            "zone",
            "source");

    static final Family GRID_AGE = gauge(
            PREFIX + "grid.intensity.age",
            "seconds",
            "Seconds since a live source told its latest figure, in force or not; absent before the first one.",
            "zone",
            "source");

    static final Family GRID_FAILURES = counter(
            PREFIX + "grid.intensity.failures",
            null,
            "Times that a live source was asked for the grid intensity and told nothing that could be used.",
            "source");

    static final Family WUE = gauge(
            PREFIX + "wue",
            "liters_per_kwh",
            "Water usage effectiveness in force: liters on site for each kWh of IT energy; absent where not known.");

    static final Family PUE =
            gauge(PREFIX + "pue", "ratio", "Power usage effectiveness in force: facility energy over IT energy.");

    static final Family EXPORT_FAILURES =
            counter(PREFIX + "agent.export.failures", null, "Exports that failed.", "exporter");

    static final Family EXPORTS = counter(
            PREFIX + "agent.exports",
            null,
            "Pushes that the server took; each tells the figures of a moment.",
            "exporter");

    static final Family DROPPED_EXPORTS = counter(
            PREFIX + "agent.dropped.exports",
            null,
            "Moments whose figures reached nobody: the server refused them, or too many waited for it. Counters lose nothing "
                    + "by it where a later push tells the sum.",
            "exporter");

    static final Family DROPPED_SERIES = counter(
            PREFIX + "agent.dropped.series", null, "Label sets whose figures are part of the label value other.");

    static final Family DROPPED_CALLS = counter(
            PREFIX + "dropped.calls",
            null,
            "Ended calls missing from the histogram; their joules, as far as known, stay with their model. ring_full: the "
                    + "record was lost; no_figure: its energy, here or on another machine, was no number.",
            "reason");

    static final Family INSTRUMENTATION_ERRORS =
            counter(PREFIX + "agent.instrumentation.errors", null, "Exceptions inside instrumentation, all swallowed.");

    static final Family AGENT = gauge(PREFIX + "agent.info", null, "1; the version of Inferwatt.", "version");

    /** Bounds of {@link #REQUEST_ENERGY}: from tree models to answers of the largest language models. */
    static final double[] REQUEST_ENERGY_BOUNDS = {
        .001, .01, .1, .5, 1, 5, 10, 50, 100, 500, 1000, 5000, 10_000, 50_000, 100_000
    };

    private static final List<Family> COMMON = List.of(
            REQUEST_ENERGY,
            REQUEST_DURATION,
            TIME_TO_FIRST_TOKEN,
            REQUESTS,
            REQUESTS_ACTIVE,
            ITEMS,
            ENERGY,
            IDLE_SHARE,
            TAIL_ENERGY,
            TOKENS,
            TOKENS_CACHED,
            TOKENS_REASONING,
            CO2E,
            WATER,
            SOURCE_ENERGY,
            UNATTRIBUTED_ENERGY,
            POWER,
            COVERAGE,
            UNCERTAINTY,
            MEASUREMENT,
            MEASUREMENT_FLAGS,
            MEASUREMENT_BOUND,
            DEVICE_ENERGY,
            UNCOUNTED_ENERGY,
            METER_UPDATE,
            METER_LAG,
            METER_SAMPLED,
            MODEL_UNCERTAINTY,
            MODEL_FLAGS,
            GROUP_UNCERTAINTY,
            SAMPLES,
            SAMPLER_ERRORS,
            SAMPLER_WRAPS,
            SAMPLER_RESETS,
            SAMPLER_IMPLAUSIBLE,
            SAMPLER_GAP,
            SAMPLER_LAST_SUCCESS,
            SAMPLER_INTERVAL,
            GRID_INTENSITY,
            GRID_AGE,
            GRID_FAILURES,
            PUE,
            WUE,
            EXPORT_FAILURES,
            EXPORTS,
            DROPPED_EXPORTS,
            DROPPED_SERIES,
            DROPPED_CALLS,
            INSTRUMENTATION_ERRORS,
            AGENT);

    static final List<Family> ALL = Stream.of(
                    COMMON, AgentCatalogue.ALL, RemoteCatalogue.ALL, BudgetCatalogue.ALL, FootprintCatalogue.ALL)
            .flatMap(List::stream)
            .toList();

    private Catalogue() {}
}
