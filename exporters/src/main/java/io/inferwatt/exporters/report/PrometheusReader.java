package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.About;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.Disclosure.Grid;
import io.inferwatt.core.report.disclosure.Disclosure.HostPart;
import io.inferwatt.core.report.disclosure.Disclosure.Meter;
import io.inferwatt.core.report.disclosure.Disclosure.NotKnown;
import io.inferwatt.core.report.disclosure.Disclosure.Period;
import io.inferwatt.core.report.disclosure.Disclosure.Reason;
import io.inferwatt.core.report.disclosure.DisclosureDraft;
import io.inferwatt.core.report.disclosure.ModelLine;
import io.inferwatt.core.report.disclosure.Tenants;
import io.inferwatt.exporters.report.PrometheusQueries.Sample;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a disclosure of the metrics that a Prometheus server has scraped, over all JVMs that a selector picks. Sums of increases;
 * these are extrapolated by the server, so counts need not be whole numbers.
 */
public final class PrometheusReader {

    private static final String PREFIX = "inferwatt_";

    private final URI base;
    private final String selector;
    private final String version;

    /**
     * Creates a reader.
     *
     * @param base address of the server, with the path before {@code /api/v1}
     * @param selector labels that all series must have, such as {@code job="shop"}; empty for all
     * @param version of Inferwatt
     */
    public PrometheusReader(URI base, String selector, String version) {
        this.base = base;
        this.selector = selector;
        this.version = version;
    }

    /** Returns the disclosure of a period; throws {@link IOException} if there is none, with one line that says why. */
    public Disclosure read(Instant begin, Instant end) throws IOException {
        PrometheusQueries queries = new PrometheusQueries(base, selector, begin, end);
        PrometheusModels models = PrometheusModels.read(queries);
        List<ModelLine> lines = models.lines();
        if (lines.isEmpty()) {
            throw new IOException(Addresses.shown(base) + " has no metrics of Inferwatt from " + Times.text(begin)
                    + " to " + Times.text(end) + (selector.isEmpty() ? "" : " with " + selector));
        }
        List<Sample> agents = queries.gauge("max", PREFIX + "measurement_info", "instance");
        return new DisclosureDraft(
                        new About(
                                selector,
                                hosts(queries),
                                version,
                                "prometheus",
                                Addresses.shown(base),
                                Times.text(Instant.now())),
                        new Period(
                                Times.text(begin),
                                Times.text(end),
                                Duration.between(begin, end).toMillis() / 1e3),
                        factors(queries),
                        meters(queries),
                        agents.size() == 1 ? host(queries, models) : List.of(),
                        lines,
                        tenants(queries),
                        notKnown(queries, agents.size()),
                        false)
                .finish();
    }

    private static String hosts(PrometheusQueries queries) throws IOException {
        return String.join(
                ", ",
                queries.gauge("max", PREFIX + "measurement_info", "host").stream()
                        .map(sample -> sample.label("host"))
                        .filter(host -> !host.isEmpty())
                        .sorted()
                        .toList());
    }

    private static Factors factors(PrometheusQueries queries) throws IOException {
        List<Sample> grids = queries.gauge("avg", PREFIX + "grid_carbon_intensity_grams_per_kwh", "zone", "source");
        boolean one = grids.size() == 1;
        List<String> findings = new ArrayList<>();
        if (grids.size() > 1) {
            grids.forEach(grid -> findings.add("Grid " + grid.label("zone") + " (" + grid.label("source") + "): "
                    + Amounts.number(grid.value()) + " g/kWh at the end of the period"));
        }
        GaugeRange pue = GaugeRange.of(queries, PREFIX + "pue_ratio");
        if (pue.isSeveral()) {
            findings.add("PUE from " + Amounts.number(pue.low()) + " to " + Amounts.number(pue.high())
                    + " at the end of the period: the energy of buildings is not told");
        }
        return new Factors(
                new Grid(
                        one ? grids.get(0).value() : Double.NaN,
                        one ? grids.get(0).label("zone") : "",
                        one ? grids.get(0).label("source") : "several",
                        null,
                        ""),
                pue.isOne() ? pue.low() : Double.NaN,
                pue.isSeveral() ? "several" : "as exported",
                Double.NaN,
                Double.NaN,
                "",
                Double.NaN,
                List.of(),
                findings);
    }

    private static List<Meter> meters(PrometheusQueries queries) throws IOException {
        Map<String, Sample> low =
                byKey(queries.gauge("min", PREFIX + "measurement_bound_ratio", "source", "bound"), "low");
        Map<String, Sample> high =
                byKey(queries.gauge("max", PREFIX + "measurement_bound_ratio", "source", "bound"), "high");
        List<Meter> meters = new ArrayList<>();
        for (Sample info :
                queries.gauge("max", PREFIX + "measurement_info", "component", "source", "quality", "method")) {
            String source = info.label("source");
            meters.add(new Meter(
                    info.label("component"),
                    info.label("component"),
                    source,
                    info.label("quality"),
                    info.label("method"),
                    Double.NaN,
                    low.containsKey(source) ? low.get(source).value() : Double.NaN,
                    high.containsKey(source) ? high.get(source).value() : Double.NaN,
                    Double.NaN,
                    true,
                    List.of()));
        }
        return meters;
    }

    private static Map<String, Sample> byKey(List<Sample> bounds, String bound) {
        Map<String, Sample> bySource = new TreeMap<>();
        for (Sample sample : bounds) {
            if (sample.label("bound").equals(bound)) {
                bySource.put(sample.label("source"), sample);
            }
        }
        return bySource;
    }

    private static List<HostPart> host(PrometheusQueries queries, PrometheusModels models) throws IOException {
        Map<String, Map<String, Double>> reasons = new TreeMap<>();
        for (Sample sample : queries.increase(PREFIX + "unattributed_energy_joules_total", "component", "reason")) {
            reasons.computeIfAbsent(sample.label("component"), ignored -> new TreeMap<>())
                    .put(sample.label("reason"), sample.value());
        }
        List<HostPart> host = new ArrayList<>();
        reasons.forEach((component, parts) -> {
            double ofModels = models.joules(component);
            double idle = parts.getOrDefault("idle", 0.0);
            double runtime = parts.getOrDefault("runtime", 0.0);
            double other = parts.getOrDefault("other", 0.0);
            double gap = parts.getOrDefault("gap", 0.0);
            host.add(new HostPart(
                    component,
                    ofModels + idle + runtime + other + gap,
                    ofModels,
                    idle,
                    models.idleShare(component),
                    runtime,
                    other,
                    gap));
        });
        return host;
    }

    private static Tenants tenants(PrometheusQueries queries) throws IOException {
        Map<String, Double> grams = new TreeMap<>();
        for (Sample sample : queries.increase(PREFIX + "tenant_co2e_grams_total", "tenant")) {
            grams.put(sample.label("tenant"), sample.value());
        }
        List<Sample> joules = queries.increase(PREFIX + "tenant_energy_joules_total", "tenant");
        if (joules.isEmpty()) {
            return Tenants.NONE;
        }
        double all = joules.stream().mapToDouble(Sample::value).sum();
        return new Tenants(
                joules.stream()
                        .map(sample -> new Tenants.Line(
                                sample.label("tenant"),
                                Double.NaN,
                                Double.NaN,
                                sample.value(),
                                grams.getOrDefault(sample.label("tenant"), Double.NaN),
                                Double.NaN,
                                all > 0 ? sample.value() / all : Double.NaN))
                        .toList(),
                0,
                Double.NaN,
                Double.NaN,
                Double.NaN,
                List.of());
    }

    private static NotKnown notKnown(PrometheusQueries queries, int agents) throws IOException {
        List<Reason> reasons = new ArrayList<>();
        double unestimated = 0;
        for (Sample sample : queries.increase(PREFIX + "unestimated_requests_total", "reason")) {
            if (sample.value() > 0) {
                reasons.add(new Reason(sample.label("reason"), sample.value()));
                unestimated += sample.value();
            }
        }
        List<String> notes = new ArrayList<>(List.of(
                "Counts are increases as the server extrapolates them to the ends of the period.",
                "Metrics tell tokens and CO2e of a model for all its operations together, so each model is one line.",
                "The water of metrics has another boundary (dynamic), so it is not in this report."));
        if (agents > 1) {
            notes.add(
                    agents
                            + " JVMs were scraped: each reads its whole machine, so what machines drew for nobody is not added up.");
        }
        return new NotKnown(
                unestimated,
                reasons,
                sum(queries.increase(PREFIX + "sampler_gap_seconds_total", "source")),
                sum(queries.increase(PREFIX + "dropped_calls_total", "reason")),
                Double.NaN,
                0,
                notes);
    }

    static double sum(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::value).sum();
    }
}
