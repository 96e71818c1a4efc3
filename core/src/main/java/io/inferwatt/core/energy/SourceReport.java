package io.inferwatt.core.energy;

import java.util.List;
import java.util.Locale;

/**
 * What became of one source that was asked.
 *
 * @param source its id
 * @param findings what it says, in its own words
 */
public record SourceReport(String source, Standing standing, List<Finding> findings) {

    /** What a source does at the moment. */
    public enum Standing {
        /** It speaks for at least one domain. */
        IN_USE,
        /** It works, and a better one speaks. */
        STAND_BY,
        /** It has nothing to offer here. */
        NOT_USABLE;

        /** Returns the word for JSON. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SourceReport {
        findings = List.copyOf(findings);
    }
}
