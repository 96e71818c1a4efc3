package io.inferwatt.core.report.disclosure;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One model with one operation: this machine and machines elsewhere together. Boundary {@code with_idle}.
 *
 * @param id unique among the models of a disclosure
 * @param runtime engine that computes it, or client that asks for it; empty where not known
 * @param device where it computes, empty where not known
 * @param requestsWithFigure requests whose joules are known; what is told for each request is for each of these
 * @param meanBatch items of a request
 * @param local what it drew here, null if nothing
 * @param remote what it drew elsewhere, null if no machine elsewhere was asked
 * @param joules both, NaN if neither is known
 * @param low lower end of the 95 % band
 * @param high upper end
 * @param measuredShare part of the joules that was read from a counter
 * @param modelledShare part that a power model of this machine computed
 * @param estimatedShare part that was estimated for machines elsewhere
 * @param operationalGrams of the electricity, location-based
 * @param embodiedGrams of making the machines, as far as known
 * @param marketGrams of the electricity of this machine as bought
 * @param liters water on site and at power plants, as far as known
 * @param waterKnownJoules joules whose water is known
 * @param trainingGrams the requests' share of training; never part of another figure
 * @param sciGramsPerRequest software carbon intensity, ISO/IEC 21031:2024, with one request as unit
 * @param sciGramsPerThousandTokens the same with 1000 tokens as unit, read and written together
 * @param flags {@code weak}, {@code collinear}, {@code division_error_unknown}, {@code embodied_unknown}, {@code water_unknown},
 *     {@code unestimated_requests}, {@code figure_count_estimated}
 */
public record ModelLine(
        String id,
        String model,
        String operation,
        String runtime,
        String device,
        Counts counts,
        Tokens tokens,
        double requestsWithFigure,
        double meanBatch,
        @Nullable LocalPart local,
        @Nullable RemotePart remote,
        double joules,
        double low,
        double high,
        double measuredShare,
        double modelledShare,
        double estimatedShare,
        double operationalGrams,
        double embodiedGrams,
        double marketGrams,
        double liters,
        double waterKnownJoules,
        double trainingGrams,
        double joulesPerRequest,
        double joulesPerItem,
        double sciGramsPerRequest,
        double sciGramsPerThousandTokens,
        List<String> flags) {

    public ModelLine {
        flags = List.copyOf(flags);
    }

    /**
     * Ended root calls.
     *
     * @param requests of any outcome
     * @param unread those of them whose joules on this machine are not known
     * @param unestimated those of the others whose joules on machines elsewhere are not known; an estimate where calls inside a
     *     request are counted apart and some of them have none
     * @param items batch rows
     * @param seconds their durations added up
     */
    public record Counts(
            double requests,
            double ok,
            double error,
            double cancelled,
            double abandoned,
            double unread,
            double unestimated,
            double items,
            double seconds) {}

    /**
     * Tokens as far as told.
     *
     * @param input cached ones included
     * @param output reasoning included
     * @param withFigure input and output of requests whose joules are known
     */
    public record Tokens(double input, double cached, double output, double reasoning, double withFigure) {}

    /**
     * Returns the line with what follows from the inputs.
     *
     * @param flags what only the source of the figures knows; those that follow from the figures are added
     */
    public static ModelLine of(
            String id,
            String model,
            String operation,
            String runtime,
            String device,
            Counts counts,
            Tokens tokens,
            @Nullable LocalPart local,
            @Nullable RemotePart remote,
            double trainingGrams,
            List<String> flags) {
        double remoteJoules = remote == null ? 0 : Known.orZero(remote.joules());
        double joules =
                Known.sum(local == null ? Double.NaN : local.joules(), remote == null ? Double.NaN : remote.joules());
        double unknown = 0 * joules; // NaN where nothing is known, else no part of a sum
        double withFigure = Math.max(0, counts.requests() - counts.unread() - counts.unestimated());
        double operational = Known.sum(
                local == null ? Double.NaN : local.operationalGrams(),
                remote == null ? Double.NaN : remote.operationalGrams());
        double embodied = Known.sum(
                local == null ? Double.NaN : local.embodiedGrams(),
                remote == null ? Double.NaN : remote.embodiedGrams());
        double emitted = operational + Known.orZero(embodied);
        return new ModelLine(
                id,
                model,
                operation,
                runtime,
                device,
                counts,
                tokens,
                withFigure,
                Known.ratio(counts.items(), counts.requests()),
                local,
                remote,
                joules,
                (local == null ? 0 : local.low()) + (remote == null ? 0 : Known.orZero(remote.low())) + unknown,
                (local == null ? 0 : local.high()) + (remote == null ? 0 : Known.orZero(remote.high())) + unknown,
                Known.ratio(local == null ? 0 : local.measuredJoules(), joules),
                Known.ratio(local == null ? 0 : local.modelledJoules(), joules),
                Known.ratio(remoteJoules, joules),
                operational,
                embodied,
                local == null ? Double.NaN : local.marketGrams(),
                Known.sum(local == null ? Double.NaN : local.liters(), remote == null ? Double.NaN : remote.liters()),
                waterKnown(local, remote),
                trainingGrams,
                Known.ratio(joules, withFigure),
                Known.ratio(joules, counts.items() * withFigure / counts.requests()),
                Known.ratio(emitted, withFigure),
                1000 * Known.ratio(emitted, tokens.withFigure()),
                Flags.of(flags, local, remote));
    }

    private static double waterKnown(@Nullable LocalPart local, @Nullable RemotePart remote) {
        double joules = local == null || Double.isNaN(local.liters()) ? 0 : Known.orZero(local.waterJoules());
        if (remote != null && remote.estimated() > 0) {
            joules += remote.joules() * (remote.estimated() - remote.withoutWater()) / remote.estimated();
        }
        return joules;
    }
}
