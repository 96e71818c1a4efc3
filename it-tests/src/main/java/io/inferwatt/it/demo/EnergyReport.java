package io.inferwatt.it.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What happened between two readings of {@code /metrics}.
 *
 * @param models those that were called and computed on this machine, the most costly request first
 * @param remote those that were called and computed elsewhere, likewise
 * @param domains processor, memory and accelerators, as far as there is a source
 * @param site what turns joules into grams
 */
record EnergyReport(List<ModelRow> models, List<RemoteRow> remote, List<DomainRow> domains, Site site) {

    private static final String ENERGY = "inferwatt_energy_joules_total";
    private static final String IDLE_SHARE = "inferwatt_idle_share_joules_total";
    private static final String REQUESTS = "inferwatt_requests_total";
    private static final String ITEMS = "inferwatt_items_total";
    private static final String SOURCE_ENERGY = "inferwatt_source_energy_joules_total";
    private static final String TOKENS = "inferwatt_tokens_total";
    private static final String REMOTE_BOUND = "inferwatt_remote_bound_joules_total";
    private static final String UNESTIMATED = "inferwatt_unestimated_requests_total";
    private static final String UNATTRIBUTED = "inferwatt_unattributed_energy_joules_total";

    /** The component of energy that is drawn elsewhere. */
    private static final String REMOTE = "remote";

    /** Half the width of a normal 95 % band, in standard uncertainties. */
    private static final double BAND_95 = 1.96;

    private static final double JOULES_PER_KWH = 3.6e6;

    EnergyReport {
        models = List.copyOf(models);
        remote = List.copyOf(remote);
        domains = List.copyOf(domains);
    }

    /**
     * One model, summed over operations and components.
     *
     * @param operation what it does; several with a plus between them
     * @param dynamicJoules the share above idle
     * @param idleShareJoules what the boundary with_idle adds
     * @param grams of CO2e of the energy with idle, at facility level
     * @param shareOfEnergy part of the energy with idle of all models
     * @param sources where the joules come from, by id
     * @param qualities measured, modelled or estimated
     * @param sourceBand where the joules with idle lie by the error of their sources
     * @param sourceUncertainty relative standard uncertainty of the joules as read; common to all models
     * @param division how sure the model's part of them is
     */
    record ModelRow(
            String name,
            String operation,
            long requests,
            long items,
            double dynamicJoules,
            double idleShareJoules,
            double grams,
            double shareOfEnergy,
            Set<String> sources,
            Set<String> qualities,
            Band sourceBand,
            double sourceUncertainty,
            Division division) {

        ModelRow {
            sources = Set.copyOf(sources);
            qualities = Set.copyOf(qualities);
        }

        double joulesWithIdle() {
            return dynamicJoules + idleShareJoules;
        }

        double joulesWithIdlePerRequest() {
            return joulesWithIdle() / requests;
        }

        /** Returns half the width of a 95 % band around the joules, relative to them; the source's alone if no more is known. */
        double band95() {
            return BAND_95 * Math.hypot(sourceUncertainty, division.isKnown() ? division.uncertainty() : 0);
        }

        /**
         * Returns the joules with idle and their whole 95 % band, which need not be symmetric. A power model computes joules from processor
         * time, so dividing them by processor time adds no error; of what was measured the band is not known without that of the division.
         */
        Band band() {
            if (division.isKnown()) {
                return sourceBand.widened(division.uncertainty());
            }
            return qualities.equals(Set.of("modelled"))
                    ? sourceBand
                    : new Band(Double.NaN, sourceBand.central(), Double.NaN);
        }

        /** As {@link #band95}, around the joules of the model's group. */
        double groupBand95() {
            return BAND_95 * Math.hypot(sourceUncertainty, division.groupUncertainty());
        }

        /** Returns how many times the joules of a request to another model one to this model draws. */
        double timesOf(ModelRow other) {
            return joulesWithIdlePerRequest() / other.joulesWithIdlePerRequest();
        }

        /**
         * Returns by which factor {@link #timesOf} may be too high or too low, in a 95 % band; NaN if not known. The source's
         * error cancels. Those of the division add up: what one model got too much, the other lacks.
         */
        double factorOfTimes95(ModelRow other) {
            return Math.exp(BAND_95 * (division.uncertainty() + other.division.uncertainty()));
        }
    }

    /** Where the energy of one component went, in joules. */
    record DomainRow(
            String component, double source, double models, double idle, double runtime, double other, double gap) {

        /** Returns what the parts leave unexplained; not 0 would mean that the books are wrong. */
        double residual() {
            return source - (models + idle + runtime + other + gap);
        }
    }

    /** Grid and building. */
    record Site(double gramsPerKwh, String zone, String source, double pue) {

        static Site of(MetricsText text) {
            var intensities = text.all("inferwatt_grid_carbon_intensity_grams_per_kwh");
            double pue = text.sum("inferwatt_pue_ratio");
            if (intensities.isEmpty() || !(pue > 0)) {
                return new Site(Double.NaN, "unknown", "none", Double.NaN);
            }
            var intensity = intensities.get(0);
            return new Site(intensity.value(), intensity.label("zone"), intensity.label("source"), pue);
        }

        boolean isWorldAverage() {
            return source.equals("world-average");
        }

        private double grams(double joules) {
            return joules / JOULES_PER_KWH * gramsPerKwh * pue;
        }
    }

    /** Returns what the second reading has more than the first one. */
    static EnergyReport between(MetricsText before, MetricsText after) {
        Growth growth = new Growth(before, after);
        Site site = Site.of(after);
        List<String> names = after.labelValues(REQUESTS, "model").stream()
                .filter(name -> growth.of(REQUESTS, "model", name) > 0)
                .toList();
        List<String> local =
                names.stream().filter(name -> !growth.isRemote(name)).toList();
        double all = 0;
        for (String name : local) {
            all += growth.of(ENERGY, "model", name) + growth.of(IDLE_SHARE, "model", name);
        }
        List<ModelRow> models = new ArrayList<>();
        for (String name : local) {
            models.add(model(name, growth, site, all));
        }
        List<RemoteRow> remote = names.stream()
                .filter(growth::isRemote)
                .map(name -> remote(name, growth))
                .sorted(Comparator.comparingDouble(
                                (RemoteRow row) -> row.joulesPerRequest().central())
                        .reversed())
                .toList();
        models.sort(Comparator.comparingDouble(ModelRow::joulesWithIdlePerRequest)
                .reversed()
                .thenComparing(ModelRow::name));
        List<DomainRow> domains = after.labelValues(SOURCE_ENERGY, "component").stream()
                .map(component -> domain(component, growth))
                .filter(domain -> domain.source() > 0)
                .toList();
        return new EnergyReport(models, remote, domains, site);
    }

    /** Returns the requests of all models. */
    long requests() {
        return models.stream().mapToLong(ModelRow::requests).sum()
                + remote.stream().mapToLong(RemoteRow::requests).sum();
    }

    private static RemoteRow remote(String name, Growth growth) {
        double joules = growth.of(ENERGY, "model", name, "component", REMOTE)
                + growth.of(IDLE_SHARE, "model", name, "component", REMOTE);
        Set<String> methods = new TreeSet<>();
        growth.after()
                .all("inferwatt_measurement_info", "component", REMOTE)
                .forEach(method -> methods.add(method.label("source")));
        return new RemoteRow(
                name,
                operations(name, growth),
                Math.round(growth.of(REQUESTS, "model", name)),
                Math.round(growth.of(TOKENS, "model", name, "type", "input")),
                Math.round(growth.of(TOKENS, "model", name, "type", "output")),
                new Band(
                        growth.of(REMOTE_BOUND, "model", name, "bound", "low"),
                        joules,
                        growth.of(REMOTE_BOUND, "model", name, "bound", "high")),
                growth.of(ENERGY, "model", name) + growth.of(IDLE_SHARE, "model", name) - joules,
                gramsWithIdle(name, growth),
                Math.round(growth.of(UNESTIMATED, "model", name)),
                methods);
    }

    /**
     * The counter's grams are those of the boundary dynamic; idle joules of the same machines have the same grid and building. What
     * the client drew here goes along at the ratio of there, which it hardly changes.
     */
    private static double gramsWithIdle(String name, Growth growth) {
        double dynamic = growth.of(ENERGY, "model", name);
        double grams = growth.of("inferwatt_co2e_grams_total", "model", name, "scope", "operational");
        return dynamic > 0 ? grams * (dynamic + growth.of(IDLE_SHARE, "model", name)) / dynamic : 0;
    }

    private static ModelRow model(String name, Growth growth, Site site, double allJoules) {
        double dynamic = growth.of(ENERGY, "model", name);
        double idle = growth.of(IDLE_SHARE, "model", name);
        Set<String> sources = new TreeSet<>();
        Set<String> qualities = new TreeSet<>();
        double weighted = 0;
        double low = 0;
        double high = 0;
        for (String component : growth.after().labelValues(ENERGY, "component")) {
            double joules = growth.of(ENERGY, "model", name, "component", component)
                    + growth.of(IDLE_SHARE, "model", name, "component", component);
            if (joules > 0) {
                low += joules * growth.bound(component, "low");
                high += joules * growth.bound(component, "high");
                // Taken as fully correlated, the cautious case: the errors of components add up.
                weighted +=
                        joules * growth.after().sum("inferwatt_measurement_uncertainty_ratio", "component", component);
                growth.after()
                        .all("inferwatt_measurement_info", "component", component)
                        .forEach(source -> {
                            sources.add(source.label("source"));
                            qualities.add(source.label("quality"));
                        });
            }
        }
        return new ModelRow(
                name,
                operations(name, growth),
                Math.round(growth.of(REQUESTS, "model", name)),
                Math.round(growth.of(ITEMS, "model", name)),
                dynamic,
                idle,
                site.grams(dynamic + idle),
                (dynamic + idle) / allJoules,
                sources,
                qualities,
                new Band(low, dynamic + idle, high),
                weighted / (dynamic + idle),
                Division.of(name, growth.after()));
    }

    private static String operations(String model, Growth growth) {
        return growth.after().all(REQUESTS, "model", model).stream()
                .map(sample -> sample.label("operation"))
                .filter(operation -> growth.of(REQUESTS, "model", model, "operation", operation) > 0)
                .distinct()
                .sorted()
                .collect(Collectors.joining("+"));
    }

    private static DomainRow domain(String component, Growth growth) {
        return new DomainRow(
                component,
                growth.of(SOURCE_ENERGY, "component", component),
                growth.of(ENERGY, "component", component),
                growth.of(UNATTRIBUTED, "component", component, "reason", "idle"),
                growth.of(UNATTRIBUTED, "component", component, "reason", "runtime"),
                growth.of(UNATTRIBUTED, "component", component, "reason", "other"),
                growth.of(UNATTRIBUTED, "component", component, "reason", "gap"));
    }

    /** Differences of counters. */
    private record Growth(MetricsText before, MetricsText after) {

        boolean isRemote(String model) {
            return !after.all(ENERGY, "model", model, "component", REMOTE).isEmpty();
        }

        /** Returns by what joules of a component are to be multiplied at an end of the band of its source; NaN if not known. */
        double bound(String component, String end) {
            return after.all("inferwatt_measurement_bound_ratio", "bound", end).stream()
                    .filter(bound -> bound.label("domain").equals(component)
                            || bound.label("domain").startsWith(component + ":"))
                    .mapToDouble(MetricsText.Sample::value)
                    .average()
                    .orElse(Double.NaN);
        }

        double of(String name, String... labelsAndValues) {
            return after.sum(name, labelsAndValues) - before.sum(name, labelsAndValues);
        }
    }
}
