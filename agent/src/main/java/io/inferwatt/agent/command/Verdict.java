package io.inferwatt.agent.command;

import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.SourceReport;
import java.util.ArrayList;
import java.util.List;

/** What was found, in a sentence or two. */
final class Verdict {

    private Verdict() {}

    static String of(Examination examination) {
        List<String> sentences = new ArrayList<>();
        List<String> measured = domains(examination, true);
        List<String> computed = domains(examination, false);
        if (!measured.isEmpty()) {
            sentences.add("Measured: " + String.join(", ", measured) + ".");
        }
        if (!computed.isEmpty()) {
            sentences.add("Modelled from the load, not measured: " + String.join(", ", computed) + ".");
        }
        if (!examination.anySource()) {
            sentences.add("Nothing can be measured or modelled here with these settings: no joules would be reported.");
        }
        if (examination.survey().energy().sources().stream().anyMatch(Verdict::lost)) {
            sentences.add("A meter cannot be read, see PROBLEM below.");
        }
        return String.join(" ", sentences);
    }

    private static List<String> domains(Examination examination, boolean measured) {
        List<String> ids = new ArrayList<>();
        for (DomainReading reading : examination.counted()) {
            if (Figures.speaks(reading) && (reading.quality() == Quality.MEASURED) == measured) {
                ids.add(reading.domain().id());
            }
        }
        return ids;
    }

    private static boolean lost(SourceReport source) {
        for (Finding finding : source.findings()) {
            if (finding.kind() == Kind.LOST) {
                return true;
            }
        }
        return false;
    }
}
