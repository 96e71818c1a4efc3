package io.inferwatt.exporters.report;

import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.report.disclosure.Comparison;

/** Ids of the disclosure in words for a person. */
final class Words {

    private Words() {}

    static String flag(String flag) {
        return switch (flag) {
            case "weak" -> "its share is unsure, by more than 25 %";
            case "collinear" -> "it always works together with others, and only their sum is known";
            case "division_error_unknown" -> "how sure the division among models is, is not known: the band is the source's alone";
            case "embodied_unknown" -> "the making of its machines is not known, and not in its figures";
            case "water_unknown" -> "its water is not known, or only in part";
            case "unestimated_requests" -> "some of its requests have no figure";
            default -> flag;
        };
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
