package io.inferwatt.agent.command;

import io.inferwatt.core.EnergyMeter.MachineSurvey;
import io.inferwatt.core.config.ConfigLoader.Loaded;
import io.inferwatt.core.config.ConfigLoader.Setting;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.SourceReport.Standing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that {@code doctor} found out.
 *
 * @param look how long the meters were watched
 * @param graphics GPUs on the bus of this machine
 */
record Examination(Duration look, Loaded loaded, MachineSurvey survey, List<GraphicsHardware> graphics) {

    /** Returns whether any source gives energy of any domain. */
    boolean anySource() {
        return survey.energy().sources().stream().anyMatch(source -> source.standing() == Standing.IN_USE);
    }

    /** Returns the domains by kind of part, whichever source came first. */
    List<DomainReading> domains() {
        return survey.energy().domains().stream()
                .sorted(Comparator.comparing(reading -> reading.domain().component()))
                .toList();
    }

    /** Returns how long the meters were watched, for a person. */
    String lookInWords() {
        return BigDecimal.valueOf(look.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    /** Returns what the sums are made of. */
    List<DomainReading> counted() {
        return domains().stream().filter(DomainReading::counted).toList();
    }

    /** Returns the GPUs whose energy nobody sees. If one GPU is metered its source tells of the others itself. */
    List<GraphicsHardware> unmetered() {
        boolean anyMeter =
                domains().stream().anyMatch(reading -> reading.domain().component() == Component.GPU);
        return anyMeter ? List.of() : graphics;
    }

    List<Setting> given() {
        return loaded.settings().stream()
                .filter(setting -> !setting.origin().equals(Setting.DEFAULT))
                .toList();
    }

    /** Returns what is wrong with the settings, one line each. */
    List<String> problems() {
        List<String> problems = new ArrayList<>(loaded.problems());
        problems.addAll(survey.energy().remarks());
        problems.addAll(survey.problems());
        return problems;
    }
}
