package io.inferwatt.agent.command;

import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.SourceReport;
import io.inferwatt.core.energy.SourceReport.Standing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which of the remedies that sources propose would help here: each once, the most useful first. */
final class Advice {

    /** A meter that is there gains more than a better assumption, and that more than hardware that may not be there. */
    private static final List<Kind> MOST_USEFUL_FIRST = List.of(Kind.LOST, Kind.NOTE, Kind.ABSENT);

    private Advice() {}

    /** Returns findings with a remedy. */
    static List<Finding> of(Examination examination) {
        List<Finding> advice = new ArrayList<>();
        Set<String> given = new HashSet<>();
        for (Kind kind : MOST_USEFUL_FIRST) {
            boolean meterMayBeMissing = meterMayBeMissing(examination, advice);
            for (SourceReport source : examination.survey().energy().sources()) {
                for (Finding finding : source.findings()) {
                    if (finding.kind() == kind
                            && !finding.remedy().isBlank()
                            && helps(finding, source, meterMayBeMissing)
                            && given.add(finding.remedy())) {
                        advice.add(finding);
                    }
                }
            }
        }
        return advice;
    }

    private static boolean helps(Finding finding, SourceReport source, boolean meterMayBeMissing) {
        return switch (finding.kind()) {
            case LOST -> true;
            // A closer model is of no use while something better speaks.
            case NOTE -> source.standing() != Standing.STAND_BY;
            case ABSENT -> meterMayBeMissing;
            case FOUND -> false;
        };
    }

    /**
     * Hardware of one's own has a processor meter, and a GPU has one; a virtual machine has none to look for, where the
     * processors are measured nothing is missed, and a meter that cannot be read is not missing.
     */
    private static boolean meterMayBeMissing(Examination examination, List<Finding> better) {
        boolean virtual = examination.survey().host().virtualization() != null;
        boolean unreadable = better.stream().anyMatch(finding -> finding.kind() == Kind.LOST);
        return (!virtual && !unreadable && !processorsMeasured(examination.counted()))
                || !examination.unmetered().isEmpty();
    }

    private static boolean processorsMeasured(List<DomainReading> counted) {
        for (DomainReading reading : counted) {
            Component component = reading.domain().component();
            if ((component == Component.CPU || component == Component.OTHER)
                    && reading.quality() == Quality.MEASURED
                    && Figures.speaks(reading)) {
                return true;
            }
        }
        return false;
    }
}
