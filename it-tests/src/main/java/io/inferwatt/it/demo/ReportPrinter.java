package io.inferwatt.it.demo;

import io.inferwatt.it.demo.EnergyReport.DomainRow;
import io.inferwatt.it.demo.EnergyReport.ModelRow;
import io.inferwatt.it.demo.EnergyReport.Site;
import java.util.List;
import java.util.Locale;

/** Writes a report for people. Stateless. */
final class ReportPrinter {

    private static final String MODEL_ROW = "%-24s %9s %11s %11s %15s %9s  %-16s %-10s %s%n";
    private static final String DOMAIN_ROW = "%-10s %11s = %11s %11s %11s %11s %11s   %s%n";

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
        line(text, MODEL_ROW, "", "", "J/request", "J/request", "gCO2e/request", "share of", "", "", "95 % band");
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
                "of the joules");
        for (ModelRow model : models) {
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
                    "±" + percent(model.band95()));
        }
    }

    private static void comparison(List<ModelRow> models, StringBuilder text) {
        ModelRow cheapest = models.get(models.size() - 1);
        text.append('\n');
        for (ModelRow model : models.subList(0, models.size() - 1)) {
            line(
                    text,
                    "%s costs %.1f times %s, per request, with idle.%n",
                    model.name(),
                    model.joulesWithIdlePerRequest() / cheapest.joulesWithIdlePerRequest(),
                    cheapest.name());
        }
        long items = models.stream().mapToLong(ModelRow::items).sum();
        long requests = models.stream().mapToLong(ModelRow::requests).sum();
        line(
                text,
                "All models got the same texts, %.2f a request; an error of the source is common to them and cancels in these ratios.%n",
                (double) items / requests);
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

    private static String percent(double ratio) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * ratio);
    }
}
