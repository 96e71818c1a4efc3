package io.inferwatt.exporters.report;

import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.report.disclosure.Comparison;
import io.inferwatt.core.report.disclosure.Total;

/** Ids of the disclosure in words for a person. */
final class Words {

    private Words() {}

    static String flag(String flag) {
        return switch (flag) {
            case "weak" -> "Share unsure, standard error above 25 %";
            case "collinear" -> "Always working together, so that only the sum is known";
            case "division_error_unknown" ->
                "Error of the division among models not known, the band is the source's alone";
            case "embodied_unknown" -> "Making of the machines not known in full, not in the figures";
            case "water_unknown" -> "Water not known, or only in part";
            case "unestimated_requests" -> "Some requests without a figure";
            case "figure_count_estimated" ->
                "More calls than requests, so how many requests have a figure is an estimate";
            default -> flag;
        };
    }

    static String water(Total total) {
        return Double.isNaN(total.liters())
                ? "WUE or EWIF of the place is not known"
                : "known for " + Amounts.percent(total.waterKnownShare()) + " of the energy";
    }

    static String verdict(Comparison pair) {
        return switch (pair.verdict()) {
            case "less" -> "surely less";
            case "within_bands" -> "may be none";
            default -> Amounts.UNKNOWN;
        };
    }

    /** Returns a band around a figure in per cent. */
    static String ratioBand(double low, double high) {
        return low >= 0 && low <= 1 && high >= 1 ? new ErrorBand(low, high).inWords() : Amounts.UNKNOWN;
    }
}
