package io.inferwatt.exporters.report;

import io.inferwatt.core.report.FacilityUse;
import io.inferwatt.core.report.disclosure.LocalPart;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.core.report.disclosure.ModelLine.Counts;
import io.inferwatt.core.report.disclosure.ModelLine.Tokens;
import io.inferwatt.core.report.disclosure.RemotePart;
import io.inferwatt.exporters.report.PrometheusQueries.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a Prometheus server knows of each model, and the lines that follow. */
final class PrometheusModels {

    private static final String PREFIX = "inferwatt_";
    private static final String REMOTE = "remote";

    private final Map<String, Model> models = new TreeMap<>();
    private final Map<String, Double> joulesByComponent = new HashMap<>();
    private final Map<String, Double> idleByComponent = new HashMap<>();
    private double lowRatio = Double.NaN;
    private double highRatio = Double.NaN;
    private double pue = Double.NaN;
    private List<String> methods = List.of();

    private PrometheusModels() {}

    /** Sums by name: outcome, token type, component and quality, and the like. */
    private static final class Model {

        final TreeSet<String> operations = new TreeSet<>();
        final Map<String, Double> sums = new HashMap<>();

        double of(String name) {
            return sums.getOrDefault(name, 0.0);
        }

        double orUnknown(String name) {
            return sums.getOrDefault(name, Double.NaN);
        }
    }

    static PrometheusModels read(PrometheusQueries queries) throws IOException {
        PrometheusModels models = new PrometheusModels();
        models.energy(queries);
        for (Sample sample : queries.increase(PREFIX + "requests_total", "model", "operation", "outcome")) {
            models.add(sample, "requests " + sample.label("outcome"));
        }
        models.all(queries, "items_total", "items", "model", "operation");
        models.all(queries, "request_duration_seconds_sum", "seconds", "model", "operation");
        for (Sample sample : queries.increase(PREFIX + "tokens_total", "model", "type")) {
            models.add(sample, "tokens " + sample.label("type"));
        }
        models.all(queries, "tokens_cached_total", "tokens cached", "model");
        models.all(queries, "tokens_reasoning_total", "tokens reasoning", "model");
        models.all(queries, "unestimated_tokens_total", "tokens unestimated", "model");
        for (Sample sample : queries.increase(PREFIX + "co2e_grams_total", "model", "scope")) {
            models.add(sample, "co2e " + sample.label("scope"));
        }
        models.all(queries, "idle_share_co2e_grams_total", "co2e idle", "model");
        models.all(queries, "co2e_market_grams_total", "co2e market", "model");
        models.all(queries, "training_co2e_grams_total", "co2e training", "model");
        models.all(queries, "remote_requests_total", "remote requests", "model");
        models.all(queries, "unestimated_requests_total", "unestimated", "model");
        for (Sample sample : queries.increase(PREFIX + "remote_bound_joules_total", "model", "bound")) {
            models.add(sample, "bound " + sample.label("bound"));
        }
        for (Sample sample : queries.gauge("max", PREFIX + "model_uncertainty_ratio", "model")) {
            models.add(sample, "uncertainty");
        }
        models.lowRatio = smallest(queries.gauge("min", PREFIX + "measurement_bound_ratio", "bound"), "low");
        models.highRatio = smallest(queries.gauge("max", PREFIX + "measurement_bound_ratio", "bound"), "high");
        GaugeRange pue = GaugeRange.of(queries, PREFIX + "pue_ratio");
        models.pue = pue.isOne() ? pue.low() : Double.NaN;
        models.methods = queries.gauge("max", PREFIX + "measurement_info", "component", "source").stream()
                .filter(info -> info.label("component").equals(REMOTE))
                .map(info -> info.label("source"))
                .sorted()
                .toList();
        return models;
    }

    private static double smallest(List<Sample> bounds, String bound) {
        return bounds.stream()
                .filter(sample -> sample.label("bound").equals(bound))
                .mapToDouble(Sample::value)
                .min()
                .orElse(Double.NaN);
    }

    private void energy(PrometheusQueries queries) throws IOException {
        for (Sample sample :
                queries.increase(PREFIX + "energy_joules_total", "model", "operation", "component", "quality")) {
            add(sample, "dynamic " + place(sample));
            add(sample, place(sample) + " " + sample.label("quality"));
            joulesByComponent.merge(sample.label("component"), sample.value(), Double::sum);
        }
        for (Sample sample :
                queries.increase(PREFIX + "idle_share_joules_total", "model", "operation", "component", "quality")) {
            add(sample, "idle " + place(sample));
            add(sample, place(sample) + " " + sample.label("quality"));
            idleByComponent.merge(sample.label("component"), sample.value(), Double::sum);
        }
    }

    private static String place(Sample sample) {
        return sample.label("component").equals(REMOTE) ? REMOTE : "local";
    }

    private void all(PrometheusQueries queries, String family, String name, String... by) throws IOException {
        for (Sample sample : queries.increase(PREFIX + family, by)) {
            add(sample, name);
        }
    }

    private void add(Sample sample, String name) {
        Model model = models.computeIfAbsent(sample.label("model"), ignored -> new Model());
        if (!sample.label("operation").isEmpty()) {
            model.operations.add(sample.label("operation"));
        }
        model.sums.merge(name, sample.value(), Double::sum);
    }

    double joules(String component) {
        return joulesByComponent.getOrDefault(component, 0.0);
    }

    double idleShare(String component) {
        return idleByComponent.getOrDefault(component, 0.0);
    }

    List<ModelLine> lines() {
        List<ModelLine> lines = new ArrayList<>();
        models.forEach((name, model) -> {
            boolean any = model.of("requests ok")
                            + model.of("requests error")
                            + model.of("requests cancelled")
                            + model.of("requests abandoned")
                            + model.of("dynamic local")
                            + model.of("dynamic remote")
                    > 0;
            if (any) {
                lines.add(line(name, model));
            }
        });
        return lines;
    }

    private ModelLine line(String name, Model model) {
        RemotePart remote = remote(model);
        double requests = model.of("requests ok")
                + model.of("requests error")
                + model.of("requests cancelled")
                + model.of("requests abandoned");
        double input = model.of("tokens input");
        double output = model.of("tokens output");
        return ModelLine.of(
                name,
                name,
                model.operations.size() == 1 ? model.operations.first() : "several",
                "",
                "",
                new Counts(
                        requests,
                        model.of("requests ok"),
                        model.of("requests error"),
                        model.of("requests cancelled"),
                        model.of("requests abandoned"),
                        0,
                        remote == null ? 0 : remote.requestsWithoutEstimate(requests),
                        model.of("items"),
                        model.of("seconds")),
                new Tokens(
                        input,
                        model.of("tokens cached"),
                        output,
                        model.of("tokens reasoning"),
                        Math.max(0, input + output - model.of("tokens unestimated"))),
                local(model, remote == null),
                remote,
                model.orUnknown("co2e training"),
                remote != null && remote.isCountEstimated(requests) ? List.of("figure_count_estimated") : List.of());
    }

    /** @param alone whether all grams of the model are of this part, since metrics do not tell them apart */
    private @Nullable LocalPart local(Model model, boolean alone) {
        double dynamic = model.of("dynamic local");
        double idle = model.of("idle local");
        if (dynamic + idle == 0) {
            return null;
        }
        double measured = model.of("local measured");
        double embodied = alone ? model.orUnknown("co2e embodied") : Double.NaN;
        return LocalPart.of(
                dynamic,
                idle,
                dynamic + idle,
                lowRatio,
                highRatio,
                model.orUnknown("uncertainty"),
                measured,
                dynamic + idle - measured,
                alone ? operational(model) : Double.NaN,
                embodied,
                model.orUnknown("co2e market"),
                Double.NaN,
                new FacilityUse((dynamic + idle) * pue, Double.NaN, Double.NaN, Double.NaN));
    }

    private @Nullable RemotePart remote(Model model) {
        double asked = model.of("remote requests");
        if (asked == 0) {
            return null;
        }
        double unknown = Double.NaN;
        double unestimated = model.of("unestimated");
        double estimated = Math.max(0, asked - unestimated);
        boolean any = estimated > 0;
        double embodied = model.orUnknown("co2e embodied");
        return new RemotePart(
                any ? model.of("dynamic remote") + model.of("idle remote") : unknown,
                any ? model.of("bound low") : unknown,
                any ? model.of("bound high") : unknown,
                operational(model),
                unknown,
                unknown,
                embodied > 0 ? embodied : unknown,
                unknown,
                estimated,
                unestimated,
                estimated,
                methods);
    }

    /** Without the idle part the grams would be of another boundary than the joules. */
    private static double operational(Model model) {
        return model.of("co2e operational") + model.orUnknown("co2e idle");
    }
}
