package io.inferwatt.core.energy;

import java.util.Set;

/**
 * What one domain's meter shows during an {@link EnergySurvey}.
 *
 * @param device what is metered, empty if the domain says it all
 * @param source id of the source with its method, {@code none} where nothing speaks
 * @param flags what a reader must know beyond source and quality
 * @param relativeUncertainty relative standard uncertainty of the joules, as a ratio
 * @param watts mean power during the survey, NaN where unknown
 * @param updateSeconds time between two movements of the counter, median; NaN where it moved less than three times, and of
 *     sources that move with each look
 * @param counted whether its joules are part of the sums; of the whole machine's meter they are not where its parts have
 *     meters
 * @param trouble what went wrong last, empty if nothing
 */
public record DomainReading(
        Domain domain,
        String device,
        String source,
        Quality quality,
        Set<ReadingFlag> flags,
        double relativeUncertainty,
        double watts,
        double updateSeconds,
        boolean counted,
        String trouble) {

    public DomainReading {
        flags = Set.copyOf(flags);
    }
}
