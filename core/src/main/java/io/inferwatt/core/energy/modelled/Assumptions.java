package io.inferwatt.core.energy.modelled;

import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.SourceContext.ModelConstants;
import io.inferwatt.core.host.HostFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the model takes for granted about this machine, in words. */
final class Assumptions {

    private static final String ID = ModelledEnergySource.ID;
    private static final String MEASURE = "for closer ones measure the idle and the fully busy machine and set"
            + " energy.model.idle and energy.model.max";
    private static final String ASK =
            "where its provider or a wall meter tells the watts of this machine idle and fully"
                    + " busy, set energy.model.idle and energy.model.max";

    private final PowerModel model;
    private final HostFacts facts;
    private final ModelConstants constants;
    private final ThermalDesign tdp;
    private final String processor;

    Assumptions(PowerModel model, HostFacts facts, ModelConstants constants, ThermalDesign tdp) {
        this.model = model;
        this.facts = facts;
        this.constants = constants;
        this.tdp = tdp;
        this.processor = "'" + ProcessorName.display(facts.processorName()) + "'";
    }

    /** Returns what the processor counter stands for. */
    String processor() {
        if (model.source().equals(PowerModel.CALIBRATED)) {
            return "the whole machine, as measured idle and fully busy";
        }
        if (!tdp.known()) {
            return count(facts.hardwareThreads(), "hardware thread") + " of " + named();
        }
        return tdp.configured()
                ? watts(tdp.watts()) + " TDP as configured"
                : count(facts.packages(), "package") + " of " + named() + ", " + watts(tdp.watts()) + " TDP";
    }

    /** Returns what the memory counter stands for. */
    String memory() {
        return gigabytes();
    }

    List<Finding> findings() {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.found(ID, figures()));
        addIgnoredSettings(findings);
        if (!model.source().equals(PowerModel.CALIBRATED)) {
            findings.add(basis());
            if (facts.memoryBytes() <= 0) {
                findings.add(Finding.note(
                        ID, "the size of the memory is unknown, so its energy is inside the cpu figure", ""));
            }
        }
        if (facts.containerCpus() < facts.hardwareThreads()) {
            findings.add(Finding.note(
                    ID,
                    String.format(
                            Locale.ROOT,
                            "a limit lets this process use %s of %d hardware threads; the figures are for all of them",
                            plain(facts.containerCpus()),
                            facts.hardwareThreads()),
                    ""));
        }
        return findings;
    }

    private String figures() {
        ErrorBand band = model.errorBand();
        double idle = model.watts(0);
        double busy = model.watts(1);
        return String.format(
                Locale.ROOT,
                "%s for %s%s: %.1f W idle (%.1f to %.1f), %.1f W fully busy (%.1f to %.1f), 95 %% bands in brackets",
                model.source(),
                processor(),
                model.memoryWatts() > 0 ? " and " + gigabytes() : "",
                idle,
                idle * band.lowRatio(),
                idle * band.highRatio(),
                busy,
                busy * band.lowRatio(),
                busy * band.highRatio());
    }

    private Finding basis() {
        if (tdp.configured()) {
            return Finding.note(ID, "the figures follow what such machines draw on average", MEASURE);
        }
        if (tdp.known()) {
            return Finding.note(
                    ID,
                    "the TDP is that of " + processor + " in the embedded table, times " + facts.packages()
                            + "; the figures follow what such machines draw on average",
                    MEASURE);
        }
        String assumed = String.format(
                Locale.ROOT,
                ", so threads of an average server of 2016 to 2022 are assumed: %.2f W idle to %.2f W fully busy each%s",
                model.processorWatts(0) / facts.hardwareThreads(),
                model.processorWatts(1) / facts.hardwareThreads(),
                facts.memoryBytes() > 0 ? ", and " + PowerModel.THREADS_MEMORY_WATTS_PER_GB + " W per GB" : "");
        if (facts.virtualization() != null) {
            String virtual = "this machine is virtual (" + facts.virtualization() + ") and ";
            String why = ProcessorName.tellsModel(facts.processorName())
                    ? virtual + "owns an unknown part of " + processor
                    : virtual + "its processor, " + processor + ", tells no model";
            return Finding.note(ID, why + assumed, ASK);
        }
        return facts.containerView()
                ? Finding.note(ID, "this container is shown its own processors only, not the host's" + assumed, ASK)
                : Finding.note(
                        ID,
                        "the embedded table knows no TDP of " + processor + assumed,
                        MEASURE + ", or set energy.model.tdp (sum over all sockets)");
    }

    private void addIgnoredSettings(List<Finding> findings) {
        boolean anyPoint =
                constants.idleWatts().isPresent() || constants.maxWatts().isPresent();
        if (anyPoint && !PowerModel.calibrated(constants)) {
            findings.add(Finding.note(
                    ID,
                    "energy.model.idle and energy.model.max are used only together, in watts, with 0 <= idle <= max and max"
                            + " > 0; using " + model.source() + " instead",
                    ""));
        }
        if (constants.tdpWatts().isPresent() && !tdp.configured()) {
            findings.add(Finding.note(
                    ID,
                    "energy.model.tdp is " + constants.tdpWatts().orElseThrow() + ", allowed are watts above 0; using "
                            + model.source() + " instead",
                    ""));
        }
    }

    private String named() {
        return (ProcessorName.tellsModel(facts.processorName()) ? "" : "an anonymous ") + processor;
    }

    private String gigabytes() {
        return String.format(Locale.ROOT, "%.1f GB", facts.memoryBytes() / PowerModel.BYTES_PER_GB);
    }

    private static String watts(double watts) {
        return plain(watts) + " W";
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String plain(double number) {
        return number == Math.rint(number)
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%.2f", number);
    }
}
