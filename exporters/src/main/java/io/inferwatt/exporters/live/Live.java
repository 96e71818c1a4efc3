package io.inferwatt.exporters.live;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the meter knows at one moment, for the live page; {@code live.schema.json} beside this class describes it as JSON. Totals run since
 * the meter started. Energy is IT energy in joules, boundary {@code with_idle} where nothing else is said; grams are CO2e at facility
 * level. NaN is a figure that is not known. Bands are 95 % bands. Immutable.
 *
 * @param schema always {@value #SCHEMA}
 * @param schemaVersion goes up when a member changes its meaning or goes, not when one is added
 * @param epochMillis when this was made
 * @param startEpochMillis when the meter started
 * @param power what this machine draws now
 * @param domains one for each domain and source that ever spoke
 * @param models those that drew most, in order of joules
 * @param moreModels so many further ones are in {@code total} alone
 * @param equivalences the total in things that people know
 * @param grid what turns joules of this machine into grams
 * @param own what the meter itself costs
 * @param findings lines of the meter: what it uses, what is missing, how to get it
 * @param notes what is missing in the figures, for a person
 * @param history power of the last minutes, null in events, which tell of the present alone
 */
record Live(
        String schema,
        int schemaVersion,
        About about,
        long epochMillis,
        long startEpochMillis,
        Power power,
        List<Source> domains,
        List<Model> models,
        int moreModels,
        Total total,
        List<Equivalent> equivalences,
        List<Budget> budgets,
        Grid grid,
        Own own,
        List<String> findings,
        List<String> notes,
        @Nullable History history) {

    static final String SCHEMA = "inferwatt-live";
    static final int SCHEMA_VERSION = 1;

    /**
     * Who speaks.
     *
     * @param service name of the service, empty if nobody gave it one
     * @param host name of the machine
     * @param version of Inferwatt
     */
    record About(String service, String host, String version, long processId) {}

    /**
     * What this machine draws now.
     *
     * @param watts of all domains in force whose power is known, NaN without any
     * @param withoutDomains those in force whose power is not known: they are not in {@code watts}
     * @param modelWatts part that is attributed to model calls, above idle, mean over {@code modelSeconds}
     * @param quality the worst of the domains in force, empty without any
     */
    record Power(double watts, List<String> withoutDomains, double modelWatts, double modelSeconds, String quality) {}

    /**
     * One domain, as one source reads it.
     *
     * @param watts mean of the last second or so
     * @param joules all that the source read or modelled
     * @param lowRatio the true joules are at least this multiple, 95 %
     * @param highRatio at most this multiple
     * @param coverageRatio part of the joules of the last five minutes that is explained
     * @param gapSeconds time without a known reading
     * @param lastSuccessEpochSeconds of the last known reading, 0 if none
     * @param inForce whether this source speaks for the domain now
     */
    record Source(
            String domain,
            String component,
            String device,
            String source,
            String quality,
            String method,
            double watts,
            double joules,
            double lowRatio,
            double highRatio,
            double coverageRatio,
            double gapSeconds,
            double lastSuccessEpochSeconds,
            boolean inForce,
            List<String> flags) {}

    /**
     * One model with one operation, this machine and machines elsewhere together.
     *
     * @param requests ended root calls of any outcome
     * @param requestsNotOk those that failed, were cancelled or abandoned
     * @param requestsWithFigure those whose joules are known; {@code joulesPerRequest} is for each of these
     * @param joulesDynamic part of the joules of this machine that is above idle
     * @param energyShare part of the joules of all models
     * @param measuredShare part of the joules that was read from a counter
     * @param modelledShare part that a power model of this machine computed
     * @param estimatedShare part that was estimated for machines elsewhere
     * @param co2eGrams operational and, as far as known, embodied; location-based
     * @param flags as in the report; {@code embodied_unknown}: making the machines, or some of them, is not in {@code co2eGrams}
     */
    record Model(
            String id,
            String model,
            String operation,
            String runtime,
            String device,
            double requests,
            double requestsNotOk,
            double requestsWithFigure,
            double meanBatch,
            double inputTokens,
            double outputTokens,
            double joulesDynamic,
            double joules,
            double lowJoules,
            double highJoules,
            double joulesPerRequest,
            double lowJoulesPerRequest,
            double highJoulesPerRequest,
            double energyShare,
            double measuredShare,
            double modelledShare,
            double estimatedShare,
            double co2eGrams,
            List<String> flags) {}

    /** All models together, those included that are not told apart; the members mean what they mean of one model. */
    record Total(
            double requests,
            double requestsNotOk,
            double requestsActive,
            double requestsWithFigure,
            double inputTokens,
            double outputTokens,
            double joules,
            double lowJoules,
            double highJoules,
            double measuredShare,
            double modelledShare,
            double estimatedShare,
            double operationalGrams,
            double embodiedGrams,
            double co2eGrams,
            double liters) {}

    /**
     * The total in things that people know.
     *
     * @param of {@code energy} or {@code co2e}: which figure it stands for
     * @param words for instance {@code = 12 phone charges (0.019 kWh each, US EPA 2024)}
     */
    record Equivalent(String key, String of, double count, String words) {}

    /**
     * How far a budget is used up, in the unit of its kind.
     *
     * @param consumedRatio consumption over the limit
     * @param warnRatio from here on {@code level} is {@code warning}: the highest threshold of the budget below the limit
     * @param level {@code ok}, {@code warning} or {@code used_up}; empty where consumption is not known
     * @param burnRatioHour speed of the last hour, 1 = the limit is reached just at the window's end
     * @param forecastRatio consumption at the window's end over the limit if the last hour goes on
     * @param unknownRequests whose figure is not known in whole or in part
     * @param zone whose midnight begins the window, empty for a rolling one
     */
    record Budget(
            String name,
            String kind,
            String unit,
            double limit,
            double consumed,
            double remaining,
            double consumedRatio,
            double warnRatio,
            String level,
            double windowStartEpochSeconds,
            double windowSeconds,
            double burnRatioHour,
            double forecastRatio,
            long unknownRequests,
            long rejectedRequests,
            String zone) {}

    /**
     * What turns joules of this machine into grams.
     *
     * @param zone of the grid, empty where not known
     * @param source where the intensity comes from
     * @param pue facility energy over IT energy
     */
    record Grid(double gramsPerKwh, String zone, String source, double pue) {}

    /**
     * What the meter's own threads use.
     *
     * @param watts mean over {@code overSeconds}
     * @param quality of watts and joules: {@code modelled}, since they are a part by processor time; empty while no source speaks
     * @param cpuCores processor cores kept busy, mean over {@code overSeconds}
     * @param overSeconds at most the last minute
     */
    record Own(
            double watts,
            String quality,
            double cpuCores,
            double overSeconds,
            double joules,
            double cpuSeconds,
            long allocatedBytes) {}

    /**
     * Power of the last minutes, oldest first. Moments that nobody saw are missing.
     *
     * @param epochMillis of each point
     * @param watts by component, one for each point
     * @param modelWatts attributed to model calls, one for each point
     */
    record History(List<Long> epochMillis, Map<String, List<Double>> watts, List<Double> modelWatts) {}
}
