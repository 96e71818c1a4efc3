package io.inferwatt.exporters.dashboards;

import static io.inferwatt.exporters.dashboards.Promql.orNothing;
import static io.inferwatt.exporters.dashboards.Promql.topOfMeans;

import io.inferwatt.exporters.dashboards.Dashboard.Variable;
import io.inferwatt.exporters.dashboards.Panel.Kind;
import io.inferwatt.exporters.dashboards.Panel.Limits;
import java.util.List;

/** Many JVMs, on recording rules alone, so that it costs the same at one and at a thousand. */
final class FleetDashboard {

    private static final String JOB = "{job=~\"$job\"}";
    private static final String MODEL = "{job=~\"$job\",model=~\"$model\"}";
    private static final String RULES = " From the recording rules of inferwatt-fleet.yml.";

    private FleetDashboard() {}

    static Dashboard make() {
        return new Dashboard(
                "inferwatt-fleet",
                "Inferwatt / Fleet",
                "Sums over many JVMs and hosts. Needs the recording rules of inferwatt-fleet.yml; without them it is empty.",
                List.of(Variable.JOB, Variable.JOB_MODEL),
                List.of(
                        jvms(),
                        hosts(),
                        machines(),
                        models(),
                        joules(),
                        grams(),
                        coverage(),
                        age(),
                        byJob(),
                        byHost(),
                        byModel(),
                        joulesByJob(),
                        hostUse(),
                        quality(),
                        byJvm(),
                        jvmsByJob(),
                        versions()));
    }

    private static String withIdle(String by) {
        return "sum" + by + " (job_model:inferwatt_energy_with_idle_joules:rate5m" + MODEL + ")";
    }

    private static String perRequest(String by) {
        return withIdle(by) + " / (sum" + by + " (job_model:inferwatt_known_requests:rate5m" + MODEL + ") > 0)";
    }

    private static Panel panel(Kind kind, String title, String unit, String description) {
        return Panel.of(kind, title, unit, description + RULES).absent("no rules loaded");
    }

    private static Panel jvms() {
        return panel(Kind.STAT, "JVMs", "none", "JVMs of the chosen jobs whose meter is scraped.")
                .ask("JVMs", "sum(job:inferwatt_instances:count" + JOB + ")");
    }

    private static Panel hosts() {
        return panel(
                        Kind.STAT,
                        "Hosts",
                        "none",
                        "Machines with a meter, of all jobs: by the target label node, or else by the host's name.")
                .ask("hosts", "count(count by (host) (host_component:inferwatt_source_energy_joules:rate5m))");
    }

    private static Panel machines() {
        return panel(
                        Kind.STAT,
                        "Machines",
                        "watt",
                        "Watts of all hosts, whoever draws them (IT power), of all jobs. Of a host with several JVMs the largest reading"
                                + " counts, so nothing is counted twice.")
                .ask("machines", "sum(host_component:inferwatt_source_energy_joules:rate5m)");
    }

    private static Panel models() {
        return panel(
                        Kind.STAT,
                        "Models",
                        "watt",
                        "Watts of the chosen models' calls, here and estimated elsewhere, with idle (boundary with_idle, IT energy).")
                .ask("models", withIdle(""));
    }

    private static Panel joules() {
        return panel(
                        Kind.STAT,
                        "Joules a request",
                        "joule",
                        "Mean joules of one request over the fleet, with idle (boundary with_idle), over the requests whose joules are"
                                + " known.")
                .ask("mean", perRequest(""));
    }

    private static Panel grams() {
        return panel(
                        Kind.STAT,
                        "CO2e an hour",
                        "massg",
                        "Grams of CO2e an hour at the present pace: electricity with idle, location-based, with the building, and the"
                                + " making of machines as far as known.")
                .ask("CO2e", "3600 * sum(job_model:inferwatt_co2e_with_idle_grams:rate5m" + MODEL + ")");
    }

    private static Panel coverage() {
        return panel(
                        Kind.STAT,
                        "Worst coverage",
                        "percentunit",
                        "Part of the joules that sources reported over 5 minutes and that something explains, on the worst JVM of the"
                                + " chosen jobs.")
                .ask("worst", "min(job:inferwatt_attribution_coverage_ratio:min" + JOB + ")")
                .limits(Limits.WHOLE)
                .upTo(1);
    }

    private static Panel age() {
        return panel(
                        Kind.STAT,
                        "Oldest reading",
                        "s",
                        "Age of the last good reading when it was scraped, of the worst source of the worst JVM of the chosen jobs.")
                .ask("oldest", "max(job:inferwatt_sampler_age_seconds:max" + JOB + ")")
                .limits(Limits.AGE);
    }

    private static Panel byJob() {
        return panel(
                        Kind.STACK,
                        "Models by job",
                        "watt",
                        "Watts of model calls of the ten jobs that draw most, here and estimated elsewhere, with idle (boundary"
                                + " with_idle).")
                .ask("{{job}}", topOfMeans(withIdle(" by (job)")));
    }

    private static Panel byHost() {
        return panel(
                        Kind.LINES,
                        "Hosts that draw most",
                        "watt",
                        "Watts of the ten hosts that draw most, whoever draws them (IT power), of all jobs. Of a host with several JVMs"
                                + " the largest reading counts.")
                .ask("{{host}}", topOfMeans("sum by (host) (host_component:inferwatt_source_energy_joules:rate5m)"));
    }

    private static Panel byModel() {
        return panel(
                        Kind.STACK,
                        "Models",
                        "watt",
                        "Watts of the ten models that draw most over the chosen jobs, here and estimated elsewhere, with idle (boundary"
                                + " with_idle).")
                .ask("{{model}}", topOfMeans(withIdle(" by (model)")));
    }

    private static Panel joulesByJob() {
        return panel(
                        Kind.LINES,
                        "Joules a request by job and model",
                        "joule",
                        "Mean joules of one request of the ten dearest pairs of job and model, with idle (boundary with_idle), over the"
                                + " requests whose joules are known. The scale is logarithmic.")
                .ask("{{job}}: {{model}}", topOfMeans("(" + perRequest(" by (job, model)") + ")"))
                .logarithmic();
    }

    private static Panel hostUse() {
        return panel(
                        Kind.STACK,
                        "What hosts draw, and what of it models explain",
                        "watt",
                        "Watts of all hosts in three parts: calls of models on them above idle, idle, and all else (other processes, the rest"
                                + " of the JVMs; as long as idle is not known, that too). Of all jobs.")
                .ask("model calls", "sum(job_component_quality:inferwatt_energy_joules:rate5m{component!=\"remote\"})")
                .ask("idle", "sum(host_component:inferwatt_idle_energy_joules:rate5m)")
                .ask(
                        "all else",
                        "clamp_min(sum(host_component:inferwatt_source_energy_joules:rate5m) - "
                                + orNothing("sum(host_component:inferwatt_idle_energy_joules:rate5m)") + " - "
                                + orNothing(
                                        "sum(job_component_quality:inferwatt_energy_joules:rate5m{component!=\"remote\"})")
                                + ", 0)");
    }

    private static Panel quality() {
        return panel(
                        Kind.STACK,
                        "How the joules are known",
                        "percentunit",
                        "Share of the joules of model calls of the chosen jobs by quality: measured, modelled, estimated (elsewhere)."
                                + " Boundary dynamic.")
                .ask(
                        "{{quality}}",
                        "sum by (quality) (job_component_quality:inferwatt_energy_joules:rate5m" + JOB
                                + ") / on () group_left () (sum(job_component_quality:inferwatt_energy_joules:rate5m"
                                + JOB + ") > 0)")
                .upTo(1);
    }

    private static Panel byJvm() {
        return panel(
                        Kind.LINES,
                        "JVMs whose models draw most",
                        "watt",
                        "Watts of model calls on their own machine, above idle (boundary dynamic), of the ten JVMs that draw most.")
                .ask(
                        "{{job}}: {{instance}}",
                        topOfMeans("sum by (job, instance) (instance:inferwatt_energy_joules:rate5m" + JOB + ")"))
                .size(8, 8);
    }

    private static Panel jvmsByJob() {
        return panel(Kind.LINES, "JVMs by job", "none", "JVMs whose meter is scraped, of the ten largest jobs.")
                .ask("{{job}}", topOfMeans("sum by (job) (job:inferwatt_instances:count" + JOB + ")"))
                .size(8, 8);
    }

    private static Panel versions() {
        return panel(Kind.BARS, "Versions", "none", "JVMs of the chosen jobs by the version of Inferwatt in them.")
                .ask("{{version}}", "sum by (version) (job_version:inferwatt_instances:count" + JOB + ")")
                .size(8, 8);
    }
}
