package io.inferwatt.exporters.dashboards;

import static io.inferwatt.exporters.dashboards.Promql.HERE;
import static io.inferwatt.exporters.dashboards.Promql.M;
import static io.inferwatt.exporters.dashboards.Promql.joulesPerRequest;
import static io.inferwatt.exporters.dashboards.Promql.knownRequests;
import static io.inferwatt.exporters.dashboards.Promql.knownTokens;
import static io.inferwatt.exporters.dashboards.Promql.rate;
import static io.inferwatt.exporters.dashboards.Promql.same;
import static io.inferwatt.exporters.dashboards.Promql.sumRate;
import static io.inferwatt.exporters.dashboards.Promql.top;
import static io.inferwatt.exporters.dashboards.Promql.topOfMeans;
import static io.inferwatt.exporters.dashboards.Promql.topOfRange;
import static io.inferwatt.exporters.dashboards.Promql.wattsEnd;
import static io.inferwatt.exporters.dashboards.Promql.wattsWithIdle;

import io.inferwatt.exporters.dashboards.Dashboard.Variable;
import io.inferwatt.exporters.dashboards.Panel.Kind;
import java.util.List;

/** A small model beside a large one: what a request and a token draw, how sure that is, and who draws how much of the whole. */
final class ModelsDashboard {

    private static final String SHARE_OF_ENERGY =
            "(" + wattsWithIdle("model", "") + ") / on () group_left () ((" + wattsWithIdle("", "") + ") > 0)";
    private static final String SHARE_OF_REQUESTS = sumRate("model", "inferwatt_requests_total", M)
            + " / on () group_left () (sum(" + rate("inferwatt_requests_total", M) + ") > 0)";

    private ModelsDashboard() {}

    static Dashboard make() {
        return new Dashboard(
                "inferwatt-models",
                "Inferwatt / Models",
                "Models beside each other: joules a request, a row and a token with 95 % bands, shares, tokens and uncertainty.",
                List.of(Variable.JOB, Variable.INSTANCE, Variable.MODEL),
                List.of(
                        table(),
                        joulesPerRequestWithBand(),
                        joulesPerToken(),
                        shares(),
                        quantiles(),
                        joulesPerItem(),
                        gramsPerRequest(),
                        duration(),
                        tokens(),
                        uncertainty(),
                        tail()));
    }

    private static Panel table() {
        return Panel.of(Kind.TABLE, "Models beside each other", "short", """
                        One row for each model, at present. Joules are with idle (boundary with_idle, IT energy), here and estimated
                        elsewhere, over the requests whose joules are known; low and high are the ends of the 95 % band. Where the error of
                        the division among models is not known, the band is that of the sources alone.""")
                .column("Requests/s", sumRate("model", "inferwatt_requests_total", M), "reqps")
                .column("J/request", joulesPerRequest("model"), "joule")
                .column("95 % low", wattsEnd(true) + " / " + knownRequests("model"), "joule")
                .column("95 % high", wattsEnd(false) + " / " + knownRequests("model"), "joule")
                .column(
                        "J/output token",
                        "(" + wattsWithIdle("model", "") + ") / " + knownTokens("model", ",type=\"output\""),
                        "joule")
                .column("Share of energy", SHARE_OF_ENERGY, "percentunit")
                .column("Share of requests", SHARE_OF_REQUESTS, "percentunit")
                .size(24, 8)
                .absent("–");
    }

    private static Panel joulesPerRequestWithBand() {
        return Panel.of(Kind.LINES, "Joules a request with 95 % band", "joule", """
                        Mean joules of one request, here and estimated elsewhere, with idle (boundary with_idle, IT energy), over the requests
                        whose joules are known. Dashed: the ends of the 95 % band. The ten dearest models; the scale is logarithmic.""")
                .ask("{{model}}", topOfRange("(" + joulesPerRequest("model") + ")"))
                .ask("{{model}}, low", ofTheSame("(" + wattsEnd(true) + " / " + knownRequests("model") + ")"))
                .ask("{{model}}, high", ofTheSame("(" + wattsEnd(false) + " / " + knownRequests("model") + ")"))
                .band()
                .logarithmic()
                .size(12, 10)
                .absent("no requests");
    }

    private static String ofTheSame(String ends) {
        return same(ends, "(" + joulesPerRequest("model") + ")");
    }

    private static Panel joulesPerToken() {
        return Panel.of(Kind.LINES, "Joules a token", "joule", """
                        Mean joules for each token that a model writes, and for each that it reads or writes, with idle (boundary with_idle, IT
                        energy), over the tokens of requests whose joules are known. Ten models each; models without tokens are not here.""")
                .ask(
                        "{{model}}, written",
                        topOfRange("((" + wattsWithIdle("model", "") + ") / " + knownTokens("model", ",type=\"output\"")
                                + ")"))
                .ask(
                        "{{model}}, read or written",
                        topOfRange("((" + wattsWithIdle("model", "") + ") / " + knownTokens("model", "") + ")"))
                .logarithmic()
                .size(12, 10)
                .absent("no tokens");
    }

    private static Panel shares() {
        return Panel.of(Kind.BARS, "Share of energy beside share of requests", "percentunit", """
                        Of the chosen models: their part of the joules (boundary with_idle, here and estimated elsewhere) and their part of the
                        requests. A model with much more of the joules than of the requests is the one to replace first.""")
                .ask("{{model}}: energy", top("(" + SHARE_OF_ENERGY + ")"))
                .ask("{{model}}: requests", top("(" + SHARE_OF_REQUESTS + ")"))
                .upTo(1)
                .absent("no calls");
    }

    private static Panel quantiles() {
        // The registry of an application has no buckets below 1 J, but a counter that holds them all.
        String each = "job, instance, model, le";
        String buckets = "sum by (model, le) (" + sumRate(each, "inferwatt_request_energy_joules_bucket", M) + " or "
                + sumRate(each, "inferwatt_requests_within_total", M) + ")";
        return Panel.of(Kind.LINES, "Joules that half and 95 % of the requests stay below", "joule", """
                        Quantiles of joules a request above idle (boundary dynamic, IT energy; here and estimated elsewhere), between the
                        bounds of a histogram: the true value may be anywhere in its bucket. Ten models each.""")
                .ask("{{model}}, half", topOfRange("(histogram_quantile(0.5, " + buckets + ") >= 0)"))
                .ask("{{model}}, 95 %", topOfRange("(histogram_quantile(0.95, " + buckets + ") >= 0)"))
                .logarithmic()
                .absent("no requests");
    }

    private static Panel joulesPerItem() {
        return Panel.of(Kind.LINES, "Joules a batch row", "joule", """
                        Mean joules of one row of a batch, with idle (boundary with_idle, IT energy): the fair way to compare models whose
                        requests hold different numbers of rows. Requests without an estimate make it too low. Ten models.""")
                .ask(
                        "{{model}}",
                        topOfRange("((" + wattsWithIdle("model", "") + ") / ("
                                + sumRate("model", "inferwatt_items_total", M) + " > 0))"))
                .logarithmic()
                .absent("no requests");
    }

    private static Panel gramsPerRequest() {
        return Panel.of(Kind.LINES, "Grams of CO2e a request", "massg", """
                        Software carbon intensity, ISO/IEC 21031: electricity with idle, location-based, with the building (PUE), and what is
                        known of making the machines, over the requests whose energy is known. Ten models.""")
                .ask(
                        "{{model}}",
                        topOfRange("((" + sumRate("model", "inferwatt_co2e_grams_total", M) + " + "
                                + sumRate("model", "inferwatt_idle_share_co2e_grams_total", M) + ") / "
                                + knownRequests("model") + ")"))
                .logarithmic()
                .absent("no requests");
    }

    private static Panel duration() {
        return Panel.of(Kind.LINES, "Seconds a request", "s", """
                        Mean duration of a request, from the begin to the end of the outermost call. Ten models. Measured by the
                        clock of the JVM.""")
                .ask(
                        "{{model}}",
                        topOfRange("(" + sumRate("model", "inferwatt_request_duration_seconds_sum", M) + " / ("
                                + sumRate("model", "inferwatt_request_duration_seconds_count", M) + " > 0))"))
                .absent("no requests");
    }

    private static Panel tokens() {
        return Panel.of(Kind.LINES, "Tokens a second", "short", """
                        Tokens of ended calls by model: input includes those from a cache, output includes reasoning. Counted as the
                        libraries and providers tell them. Ten models each.""")
                .ask("{{model}}, {{type}}", topOfRange(sumRate("model, type", "inferwatt_tokens_total", M)))
                .absent("no tokens");
    }

    private static Panel uncertainty() {
        return Panel.of(Kind.LINES, "Half the 95 % band of what models draw here", "percentunit", """
                        1.96 times the relative standard error by the division among models (worst JVM), and by the sources. The two are
                        independent. No line of a model's own means that its error is not known. The sources' error is common to all models
                        and cancels when they are compared.""")
                .ask(
                        "{{model}}, division",
                        topOfMeans("(1.96 * max by (model) (inferwatt_model_uncertainty_ratio{" + M + "}))"))
                .ask(
                        "{{component}}, source",
                        "1.96 * max by (component) (inferwatt_measurement_uncertainty_ratio{" + Promql.J + HERE + "})")
                .absent("not known");
    }

    private static Panel tail() {
        return Panel.of(Kind.LINES, "Share drawn with no call in flight", "percentunit", """
                        Part of a model's joules (boundary dynamic, IT energy) that was drawn while none of its calls ran, such as threads of an
                        engine that spin; at least this much. Ten models.""")
                .ask(
                        "{{model}}",
                        topOfRange("(" + sumRate("model", "inferwatt_tail_energy_joules_total", M) + " / ("
                                + sumRate("model", "inferwatt_energy_joules_total", M + HERE) + " > 0))"))
                .upTo(1)
                .absent("no calls");
    }
}
