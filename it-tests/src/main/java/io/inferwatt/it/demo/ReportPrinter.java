package io.inferwatt.it.demo;

import io.inferwatt.it.demo.EnergyReport.DomainRow;
import io.inferwatt.it.demo.EnergyReport.ModelRow;
import io.inferwatt.it.demo.EnergyReport.Site;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Writes a report for people. Stateless. */
final class ReportPrinter {

    private static final String MODEL_ROW = "%-24s %9s %11s %11s %15s %9s  %-16s %-10s %-14s %s%n";
    private static final String DOMAIN_ROW = "%-10s %11s = %11s %11s %11s %11s %11s   %s%n";

    /** Beyond this a ratio of two models says nothing. */
    private static final double WIDEST_FACTOR = 10;

    private ReportPrinter() {}

    static String print(EnergyReport report) {
        StringBuilder text = new StringBuilder();
        if (report.models().isEmpty()) {
            return text.append("No request was metered: is the agent attached, and is there an energy source?\n")
                    .toString();
        }
        models(report.models(), text);
        comparison(report.models(), text);
        boundaries(report, text);
        domains(report.domains(), text);
        return text.toString();
    }

    private static void models(List<ModelRow> models, StringBuilder text) {
        line(text, MODEL_ROW, "", "", "J/request", "J/request", "gCO2e/request", "share of", "", "", "95 % band", "");
        line(
                text,
                MODEL_ROW,
                "model",
                "requests",
                "dynamic",
                "with_idle",
                "with_idle, PUE",
                "energy",
                "source",
                "quality",
                "of the joules",
                "");
        boolean someKnown = models.stream().anyMatch(model -> model.division().isKnown());
        for (ModelRow model : models) {
            boolean sourceAlone = someKnown && !model.division().isKnown();
            String remark = model.division().remark(model.name());
            line(
                    text,
                    MODEL_ROW,
                    model.name(),
                    String.format(Locale.ROOT, "%,d", model.requests()),
                    figure(model.dynamicJoules() / model.requests()),
                    figure(model.joulesWithIdlePerRequest()),
                    figure(model.grams() / model.requests()),
                    percent(model.shareOfEnergy()),
                    String.join("+", model.sources().stream().sorted().toList()),
                    String.join("+", model.qualities().stream().sorted().toList()),
                    band(model.band95()),
                    (sourceAlone ? "(source alone) " : "") + remark);
        }
    }

    private static void comparison(List<ModelRow> models, StringBuilder text) {
        ModelRow cheapest = models.get(models.size() - 1);
        text.append('\n');
        for (ModelRow model : models.subList(0, models.size() - 1)) {
            line(
                    text,
                    "%s costs %.1f times %s, per request, with idle%s.%n",
                    model.name(),
                    model.timesOf(cheapest),
                    cheapest.name(),
                    bandOfTimes(model, cheapest));
        }
        long items = models.stream().mapToLong(ModelRow::items).sum();
        long requests = models.stream().mapToLong(ModelRow::requests).sum();
        line(
                text,
                "All models got the same texts, %.2f a request; an error of the source is common to them and cancels in these ratios.%n",
                (double) items / requests);
        groups(models, text);
        if (models.stream().noneMatch(model -> model.division().isKnown())) {
            text.append(
                    "The bands hold the error of the source. That of the division among models is not known here.\n");
        }
        if (models.stream().anyMatch(model -> model.division().isUnsure())) {
            text.append(
                    "unsure: by the division of the joules among models; minutes of changing load make it surer.\n");
        }
    }

    private static String bandOfTimes(ModelRow model, ModelRow cheapest) {
        double times = model.timesOf(cheapest);
        double factor = model.factorOfTimes95(cheapest);
        if (Double.isNaN(factor)) {
            return "";
        }
        if (factor > WIDEST_FACTOR) {
            return " (unsure: the 95 % band is wider than a factor of 10 up and down)";
        }
        return String.format(
                Locale.ROOT,
                " (95 %% band %s to %s%s)",
                figure(times / factor),
                figure(times * factor),
                times / factor < 1 ? ": which one costs more is not sure" : "");
    }

    private static void groups(List<ModelRow> models, StringBuilder text) {
        Set<Set<String>> told = new HashSet<>();
        for (ModelRow model : models) {
            List<String> names = model.division().group();
            if (!names.isEmpty() && told.add(Set.copyOf(names))) {
                List<ModelRow> rows = models.stream()
                        .filter(row -> names.contains(row.name()))
                        .toList();
                text.append(String.join(", ", names)).append(" cannot be told apart: they always work together.");
                // A member that was not called is not among the rows, and the band is not that of the others.
                if (rows.size() == names.size()) {
                    text.append(model.division().isGroupUnsure() ? " Even in all they are unsure: " : " In all: ")
                            .append(figure(rows.stream()
                                    .mapToDouble(ModelRow::joulesWithIdle)
                                    .sum()))
                            .append(" J with idle, ")
                            .append(band(model.groupBand95()))
                            .append('.');
                }
                text.append('\n');
            }
        }
    }

    private static void boundaries(EnergyReport report, StringBuilder text) {
        Site site = report.site();
        text.append("\ndynamic: joules above idle. with_idle: plus a share of the idle machine, by dynamic joules.\n")
                .append("share of energy: of the joules with_idle of all models.\n");
        line(
                text,
                "gCO2e: joules with_idle x PUE %s x %s g/kWh (zone %s, source %s).%n",
                figure(site.pue()),
                figure(site.gramsPerKwh()),
                site.zone(),
                site.source());
        if (site.isWorldAverage()) {
            text.append("No zone is set, so this is the world average. For your grid: INFERWATT_CARBON_ZONE=KR, or ")
                    .append("carbon.zone=KR behind -javaagent:...=\n");
        }
    }

    private static void domains(List<DomainRow> domains, StringBuilder text) {
        text.append("\nWhere the joules of this machine went:\n");
        line(text, DOMAIN_ROW, "", "source", "models +", "idle +", "runtime +", "other +", "gap", "residual");
        for (DomainRow domain : domains) {
            line(
                    text,
                    DOMAIN_ROW,
                    domain.component(),
                    joules(domain.source()),
                    joules(domain.models()),
                    joules(domain.idle()),
                    joules(domain.runtime()),
                    joules(domain.other()),
                    joules(domain.gap()),
                    String.format(Locale.ROOT, "%.6f J", tidyZero(domain.residual())));
        }
        text.append("runtime: the service outside model calls. other: other processes, the load itself among them.\n");
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }

    /** Returns three significant digits, or more before the point, without an exponent. */
    static String figure(double value) {
        if (!Double.isFinite(value)) {
            return "unknown";
        }
        int digitsBeforePoint = value == 0 ? 1 : (int) Math.floor(Math.log10(Math.abs(value))) + 1;
        return String.format(Locale.ROOT, "%." + Math.max(0, 3 - digitsBeforePoint) + "f", value);
    }

    private static String joules(double joules) {
        return String.format(Locale.ROOT, "%.2f J", tidyZero(joules));
    }

    /** Rounding of sums may leave a hair below zero, which would print as -0. */
    private static double tidyZero(double joules) {
        return Math.abs(joules) < 5e-7 ? 0 : joules;
    }

    private static String band(double halfWidth) {
        return halfWidth > 1 ? "over ±100 %" : "±" + percent(halfWidth);
    }

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
    }
}
