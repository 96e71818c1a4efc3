package io.inferwatt.agent.command;

import io.inferwatt.agent.start.AgentVersion;
import io.inferwatt.core.config.ConfigLoader.Setting;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.DomainReading;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.Finding.Kind;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.SourceReport;
import io.inferwatt.core.energy.SourceReport.Standing;
import io.inferwatt.core.host.HostFacts;
import java.util.List;
import java.util.Locale;

/** What was found, for a person: first what counts, then why, then what to do. */
final class DoctorScreen {

    private static final double BYTES_PER_GIBIBYTE = 1L << 30;

    /** A counter slower than this lags behind the calls it is to be divided over. */
    private static final double SLOW_SECONDS = 0.015;

    private static final int MARGIN = 2;

    private final Page page = new Page();
    private final Examination examination;

    private DoctorScreen(Examination examination) {
        this.examination = examination;
    }

    static Page of(Examination examination) {
        DoctorScreen screen = new DoctorScreen(examination);
        screen.head();
        screen.energy();
        screen.sources();
        screen.advice();
        screen.footprint();
        screen.settings();
        return screen.page;
    }

    private void head() {
        HostFacts facts = examination.survey().host();
        page.line("Inferwatt " + AgentVersion.current() + " on " + System.getProperty("java.vm.name") + " "
                + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        page.section("Machine " + facts.hostName());
        page.paragraph(
                "",
                MARGIN,
                processor(facts) + ", " + counted(facts.packages(), "package") + ", "
                        + counted(facts.hardwareThreads(), "hardware thread"));
        page.paragraph("", MARGIN, memory(facts) + ", " + virtualization(facts) + container(facts));
    }

    private void energy() {
        page.section("Energy, over " + examination.lookInWords());
        page.paragraph("", MARGIN, Verdict.of(examination));
        if (!examination.domains().isEmpty()) {
            page.line("");
            new DomainTable(examination).addTo(page);
        }
        for (GraphicsHardware gpu : examination.unmetered()) {
            page.paragraph(
                    "",
                    MARGIN,
                    "GPU of " + gpu.vendor() + " at PCI " + gpu.address()
                            + ": nothing meters it, so its energy is in no figure");
        }
        if (examination.domains().stream().anyMatch(DoctorScreen::lags)) {
            page.paragraph(
                    "",
                    MARGIN,
                    "How far a counter lags, and which part of the time it looks at, a running agent finds out in its"
                            + " first busy minute: inferwatt_meter_lag_seconds, inferwatt_meter_sampled_ratio");
        }
    }

    private static boolean lags(DomainReading reading) {
        return reading.quality() == Quality.MEASURED
                && (reading.domain().component() == Component.GPU
                        || reading.flags().contains(ReadingFlag.INTEGRATED)
                        || reading.updateSeconds() > SLOW_SECONDS);
    }

    private void sources() {
        page.section("Sources asked, best first");
        List<SourceReport> sources = examination.survey().energy().sources();
        int width = 0;
        for (SourceReport source : sources) {
            width = Math.max(width, source.source().length());
        }
        int standingColumn = MARGIN + width + 2;
        int textColumn = standingColumn + "not usable".length() + 2;
        for (SourceReport source : sources) {
            String label = " ".repeat(MARGIN) + source.source();
            label += " ".repeat(standingColumn - label.length()) + words(source.standing());
            for (Finding finding : worthReading(source)) {
                page.paragraph(label, textColumn, (finding.kind() == Kind.LOST ? "PROBLEM: " : "") + finding.text());
                label = "";
            }
        }
    }

    /** Assumptions of a source that waits are of no use to a person, as long as it has anything else to say. */
    private static List<Finding> worthReading(SourceReport source) {
        if (source.standing() != Standing.STAND_BY) {
            return source.findings();
        }
        List<Finding> rest = source.findings().stream()
                .filter(finding -> finding.kind() != Kind.NOTE)
                .toList();
        return rest.isEmpty() ? source.findings() : rest;
    }

    private void advice() {
        List<Finding> advice = Advice.of(examination);
        if (advice.isEmpty()) {
            return;
        }
        page.section("What would make it better");
        for (int i = 0; i < advice.size(); i++) {
            Finding finding = advice.get(i);
            page.paragraph("  " + (i + 1) + ".", 5, finding.source() + ": " + finding.remedy());
        }
    }

    private void footprint() {
        page.section("Carbon and building");
        examination.survey().footprint().forEach(line -> page.paragraph("  -", 4, line));
    }

    private void settings() {
        List<Setting> given = examination.given();
        List<String> problems = examination.problems();
        page.section("Settings");
        problems.forEach(problem -> page.paragraph("  PROBLEM:", 11, problem));
        given.forEach(setting ->
                page.paragraph("", MARGIN, setting.key() + " = " + setting.value() + "   (" + setting.origin() + ")"));
        if (given.isEmpty()) {
            page.line("  all as by default");
        }
    }

    private static String words(Standing standing) {
        return switch (standing) {
            case IN_USE -> "in use";
            case STAND_BY -> "stand-by";
            case NOT_USABLE -> "not usable";
        };
    }

    private static String processor(HostFacts facts) {
        return facts.processorName().equals("unknown")
                ? "unknown processor of vendor " + facts.vendor()
                : facts.processorName();
    }

    private static String counted(int number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }

    private static String memory(HostFacts facts) {
        return facts.memoryBytes() <= 0
                ? "memory of unknown size"
                : String.format(Locale.ROOT, "%.1f GiB RAM", facts.memoryBytes() / BYTES_PER_GIBIBYTE);
    }

    private static String container(HostFacts facts) {
        String limit = Double.isNaN(facts.containerCpus())
                ? ""
                : String.format(Locale.ROOT, ", this process may use %.1f hardware threads", facts.containerCpus());
        return limit + (facts.containerView() ? ", a container that sees only its own processors" : "");
    }

    private static String virtualization(HostFacts facts) {
        String virtualization = facts.virtualization();
        if (virtualization == null) {
            return "no hypervisor seen";
        }
        return "virtual machine" + (virtualization.equals("hypervisor") ? "" : " (" + virtualization + ")");
    }
}
