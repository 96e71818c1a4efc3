package io.inferwatt.core.report.disclosure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the models of a service drew and emitted in a period. Energy is IT energy in joules, boundary {@code with_idle}; grams are
 * CO2e and litres are water, both facility level. NaN is a figure that is not known. {@link #formulas} tell how each derived figure
 * comes from the others. Immutable.
 *
 * @param schema always {@value #SCHEMA}
 * @param schemaVersion goes up when a member changes its meaning or goes, not when one is added
 * @param about who speaks, and from what
 * @param period what time is covered
 * @param boundary what is in the figures
 * @param factors that turn joules into grams and litres
 * @param meters where the joules of this machine come from, one for each domain and source
 * @param host all that this machine drew, by component: parts of it that belong to no model too; empty where not known
 * @param models per model and operation, in order of joules
 * @param total over all models
 * @param equivalences the total in things that people know
 * @param comparisons small against large: had all items of one model gone to another
 * @param tenants who causes it
 * @param notKnown what is missing in the figures
 * @param formulas how derived figures come from the others
 */
public record Disclosure(
        String schema,
        int schemaVersion,
        About about,
        Period period,
        Boundary boundary,
        Factors factors,
        List<Meter> meters,
        List<HostPart> host,
        List<ModelLine> models,
        Total total,
        List<Equivalent> equivalences,
        List<Comparison> comparisons,
        Tenants tenants,
        NotKnown notKnown,
        List<Formula> formulas) {

    /** What the member {@code schema} says. */
    public static final String SCHEMA = "inferwatt-disclosure";

    /** The present version of the schema. */
    public static final int SCHEMA_VERSION = 1;

    public Disclosure {
        meters = List.copyOf(meters);
        host = List.copyOf(host);
        models = List.copyOf(models);
        equivalences = List.copyOf(equivalences);
        comparisons = List.copyOf(comparisons);
        formulas = List.copyOf(formulas);
    }

    /**
     * Who speaks.
     *
     * @param service name of the service, empty if nobody gave it one
     * @param host name of the machine, empty where not known or where there are several
     * @param version of Inferwatt
     * @param takenFrom {@code running JVM}, {@code records} or {@code prometheus}
     * @param origin address or path
     * @param generated when, RFC 3339 in UTC
     */
    public record About(
            String service, String host, String version, String takenFrom, String origin, String generated) {}

    /**
     * The time that is covered.
     *
     * @param begin RFC 3339 in UTC, empty where not known
     * @param end RFC 3339 in UTC, empty where not known
     */
    public record Period(String begin, String end, double seconds) {}

    /**
     * What is in the figures, in words.
     *
     * @param energy id of the boundary of all joules
     * @param statements sentences for a person
     */
    public record Boundary(String energy, List<String> statements) {

        public Boundary {
            statements = List.copyOf(statements);
        }
    }

    /**
     * What turns joules of this machine into grams and litres, and where remote models ran. Grid and building are those in force at the end
     * of the period; grams and litres use those of their own time, whose means are in {@link LocalPart} and {@link Total}.
     *
     * @param grid intensity of the electricity
     * @param pue facility energy over IT energy
     * @param wueLitersPerKwh litres on site for each kWh of IT energy
     * @param ewifLitersPerKwh litres at power plants for each kWh from the grid
     * @param marketGramsPerKwh intensity of the electricity as bought, as configured
     * @param places where remote models ran
     * @param findings lines of the meter about sources, grid, building and hardware
     */
    public record Factors(
            Grid grid,
            double pue,
            String pueSource,
            double wueLitersPerKwh,
            double ewifLitersPerKwh,
            String waterSource,
            double marketGramsPerKwh,
            List<Place> places,
            List<String> findings) {

        public Factors {
            places = List.copyOf(places);
            findings = List.copyOf(findings);
        }
    }

    /**
     * Intensity of a grid.
     *
     * @param year that the figure describes, null where it is not a yearly one
     */
    public record Grid(
            double gramsPerKwh,
            String zone,
            String source,
            @Nullable Integer year,
            String citation) {}

    /**
     * Where remote models ran.
     *
     * @param provider in the words of {@code gen_ai.provider.name}
     * @param region empty where not known
     * @param providerMean whether the figures are means of the provider or of the world
     */
    public record Place(
            String provider,
            String region,
            Grid grid,
            double pue,
            double wueLitersPerKwh,
            double ewifLitersPerKwh,
            String facilitySource,
            boolean providerMean) {}

    /**
     * One source of joules.
     *
     * @param method how its joules are divided among models
     * @param joules all that it read or modelled
     * @param lowRatio the true joules are at least this multiple, 95 %
     * @param highRatio the true joules are at most this multiple, 95 %
     * @param gapSeconds time without a reading; no joules are counted for it
     * @param inForce whether it speaks for its domain at the end of the period
     */
    public record Meter(
            String domain,
            String component,
            String source,
            String quality,
            String method,
            double joules,
            double lowRatio,
            double highRatio,
            double gapSeconds,
            boolean inForce,
            List<String> flags) {

        public Meter {
            flags = List.copyOf(flags);
        }
    }

    /**
     * All that one component of this machine drew.
     *
     * @param models attributed to models, above idle
     * @param idleOfModels part of {@code idle} that the boundary {@code with_idle} gives to models
     * @param runtime this JVM outside model calls
     * @param other other processes
     * @param gap read, and explained by nothing
     */
    public record HostPart(
            String component,
            double joules,
            double models,
            double idle,
            double idleOfModels,
            double runtime,
            double other,
            double gap) {}

    /**
     * The total in things that people know.
     *
     * @param count so many
     * @param amount what one of them is, in {@code unit}
     * @param words for a person
     */
    public record Equivalent(
            String key,
            double count,
            double amount,
            String unit,
            String definition,
            String source,
            int year,
            String words) {}

    /**
     * What is missing in the figures.
     *
     * @param requestsWithoutFigure whose joules on other machines are not known
     * @param reasons the same by reason
     * @param gapSeconds time without a reading, over all domains
     * @param droppedCalls whose record was lost; what they drew here is with their model
     * @param foldedModels booked as {@code other}, because there were too many
     * @param skippedRecords lines of records that could not be read
     * @param notes for a person
     */
    public record NotKnown(
            double requestsWithoutFigure,
            List<Reason> reasons,
            double gapSeconds,
            double droppedCalls,
            double foldedModels,
            double skippedRecords,
            List<String> notes) {

        public NotKnown {
            reasons = List.copyOf(reasons);
            notes = List.copyOf(notes);
        }
    }

    /** So many requests have no figure, for this reason. */
    public record Reason(String reason, double requests) {}

    /**
     * How a figure comes from others.
     *
     * @param figure path of the figure; {@code models.local.low} is the member {@code low} of {@code local} of each of the models
     * @param formula in terms of members beside it or further up
     */
    public record Formula(String figure, String formula) {}
}
