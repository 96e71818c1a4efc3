package io.inferwatt.it.demo;

import io.inferwatt.it.demo.EnergyReport.ModelRow;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Sets the models of this machine beside remote ones, and says what of that their bands carry. Stateless. */
final class ComparisonPrinter {

    private static final String ROW = "%-24s %-9s %9s %13s %11s %19s %12s %14s  %s%n";

    private static final String INFERENCE = "inference";

    private ComparisonPrinter() {}

    /** Returns the table and the sentences, or nothing if there is no remote model. */
    static String print(EnergyReport report) {
        if (report.remote().isEmpty() || report.models().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("Here and elsewhere, per request (joules with_idle, IT energy):\n");
        line(text, ROW, "", "", "", "tokens", "", "95 %", "joules", "gCO2e", "");
        line(
                text,
                ROW,
                "model",
                "computed",
                "requests",
                "in / out",
                "joules",
                "band",
                "used here",
                "with PUE",
                "source");
        for (RemoteRow model : report.remote()) {
            remote(model, text);
        }
        for (ModelRow model : report.models()) {
            local(model, text);
        }
        text.append('\n');
        for (RemoteRow model : report.remote()) {
            for (ModelRow local : report.models()) {
                sentence(local, model, text);
            }
        }
        text.append(
                        "A remote figure is what a request with these tokens is estimated to draw at that provider; here a stand-in\n")
                .append(
                        "answered in its protocol, so the tokens are the stand-in's. What models can do is not compared: an embedding or a\n")
                .append("class is other work than a chat.\n");
        return text.toString();
    }

    private static void remote(RemoteRow model, StringBuilder text) {
        Band joules = model.joulesPerRequest();
        line(
                text,
                ROW,
                model.name(),
                "elsewhere",
                String.format(Locale.ROOT, "%,d", model.requests()),
                perRequest(model.inputTokens(), model.estimated()) + " / "
                        + perRequest(model.outputTokens(), model.estimated()),
                ReportPrinter.figure(joules.central()),
                band(joules),
                ReportPrinter.figure(model.localJoules() / model.requests()),
                ReportPrinter.figure(model.grams() / model.requests()),
                String.join("+", model.methods()) + ", estimated"
                        + (model.unestimated() > 0
                                ? String.format(Locale.ROOT, " (%,d requests without)", model.unestimated())
                                : ""));
    }

    private static void local(ModelRow model, StringBuilder text) {
        Band joules = model.band().dividedBy((double) model.requests());
        line(
                text,
                ROW,
                model.name(),
                "here",
                String.format(Locale.ROOT, "%,d", model.requests()),
                "",
                ReportPrinter.figure(joules.central()),
                band(joules),
                ReportPrinter.figure(joules.central()),
                ReportPrinter.figure(model.grams() / model.requests()),
                (String.join("+", model.sources().stream().sorted().toList()) + ", "
                                + String.join(
                                        "+", model.qualities().stream().sorted().toList()) + " "
                                + remark(model))
                        .strip());
    }

    private static void sentence(ModelRow local, RemoteRow remote, StringBuilder text) {
        Band part = local.band().dividedBy((double) local.requests()).over(remote.joulesPerRequest());
        String why = local.division().group().isEmpty() ? "a band is not known" : "it is " + remark(local);
        if (!local.division().group().isEmpty() || Double.isNaN(part.low()) || Double.isNaN(part.high())) {
            line(
                    text,
                    "How a request to %s compares with one to %s cannot be told: %s.%n",
                    local.name(),
                    remote.name(),
                    why);
        } else if (part.high() < 1) {
            line(
                    text,
                    "A request to %s draws %s of the energy of one to %s, between %s and %s (95 %%)%s.%n",
                    local.name(),
                    fraction(part.central(), RoundingMode.HALF_UP),
                    remote.name(),
                    fraction(part.low(), RoundingMode.DOWN),
                    fraction(part.high(), RoundingMode.UP),
                    otherWork(local, remote));
        } else if (part.isSurelyAbove(1)) {
            line(
                    text,
                    "A request to %s draws %s times the energy of one to %s, between %s and %s (95 %%)%s.%n",
                    local.name(),
                    ReportPrinter.figure(part.central()),
                    remote.name(),
                    ReportPrinter.figure(part.low()),
                    ReportPrinter.figure(part.high()),
                    otherWork(local, remote));
        } else {
            line(
                    text,
                    "Whether a request to %s or to %s draws more cannot be told: %s times as much, between %s and %s (95 %%).%n",
                    local.name(),
                    remote.name(),
                    ReportPrinter.figure(part.central()),
                    ReportPrinter.figure(part.low()),
                    ReportPrinter.figure(part.high()));
        }
    }

    private static String remark(ModelRow model) {
        return model.division().remark(model.name());
    }

    /** An embedding beside a chat is no saving. What is only known to be inference may be the same work. */
    private static String otherWork(ModelRow local, RemoteRow remote) {
        boolean known =
                !local.operation().equals(INFERENCE) && !remote.operation().equals(INFERENCE);
        return known && !local.operation().equals(remote.operation())
                ? "; other work: " + local.operation() + " beside " + remote.operation()
                : "";
    }

    /**
     * A part below a half as one of so many, such as 1/40; a larger one in per cent.
     *
     * @param rounding of the part, so that the ends of a band do not come nearer than they are
     */
    static String fraction(double part, RoundingMode rounding) {
        if (part > 0.5) {
            return BigDecimal.valueOf(100 * part).setScale(0, rounding) + " %";
        }
        RoundingMode ofCount = switch (rounding) {
            case DOWN -> RoundingMode.UP;
            case UP -> RoundingMode.DOWN;
            default -> rounding;
        };
        return "1/" + BigDecimal.valueOf(1 / part).setScale(0, ofCount).toPlainString();
    }

    private static String perRequest(long tokens, long requests) {
        return String.format(Locale.ROOT, "%.0f", (double) tokens / requests);
    }

    private static String band(Band joules) {
        return Double.isNaN(joules.low()) || Double.isNaN(joules.high())
                ? "not known"
                : ReportPrinter.figure(joules.low()) + " to " + ReportPrinter.figure(joules.high());
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values).stripTrailing()).append('\n');
    }
}
