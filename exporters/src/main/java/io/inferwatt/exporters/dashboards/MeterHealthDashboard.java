package io.inferwatt.exporters.dashboards;

import static io.inferwatt.exporters.dashboards.Promql.HERE;
import static io.inferwatt.exporters.dashboards.Promql.J;
import static io.inferwatt.exporters.dashboards.Promql.sumRate;
import static io.inferwatt.exporters.dashboards.Promql.topOfRange;

import io.inferwatt.exporters.dashboards.Dashboard.Variable;
import io.inferwatt.exporters.dashboards.Panel.Kind;
import io.inferwatt.exporters.dashboards.Panel.Limits;
import java.util.List;

/** Whether the figures of the other dashboards can be believed, and what the meter itself costs. */
final class MeterHealthDashboard {

    private MeterHealthDashboard() {}

    static Dashboard make() {
        return new Dashboard(
                "inferwatt-meter",
                "Inferwatt / Meter health",
                "Sources, age of readings, errors, what is missing, uncertainty, and the meter's own cost.",
                List.of(Variable.JOB, Variable.INSTANCE),
                List.of(
                        jvms(),
                        oldest(),
                        coverage(),
                        errors(),
                        drops(),
                        exports(),
                        folded(),
                        instrumentation(),
                        sources(),
                        grid(),
                        age(),
                        uncertainty(),
                        readings(),
                        gaps(),
                        coverageOverTime(),
                        unestimated(),
                        droppedOverTime(),
                        exportsOverTime(),
                        cpu(),
                        energy(),
                        allocation(),
                        lag(),
                        interval(),
                        intensityAge()));
    }

    private static String grown(String counter) {
        return "sum(increase(" + counter + "{" + J + "}[$__range]))";
    }

    private static Panel fault(String title, String counter, String description) {
        return Panel.of(Kind.STAT, title, "short", description + " In the time shown, over the chosen JVMs.")
                .ask(title, grown(counter))
                .now()
                .limits(Limits.FAULTS)
                .absent("no meter");
    }

    private static Panel jvms() {
        return Panel.of(Kind.STAT, "JVMs", "none", "Chosen JVMs whose meter is scraped.")
                .ask("JVMs", "count(inferwatt_agent_info{" + J + "})")
                .absent("none");
    }

    private static Panel oldest() {
        return Panel.of(Kind.STAT, "Oldest reading", "s", """
                        Age of the last good reading when it was scraped, of the worst source of the worst JVM. Joules of a time without readings
                        are counted nowhere.""")
                .ask("oldest", "max(" + ageOf() + ")")
                .limits(Limits.AGE)
                .absent("no meter");
    }

    private static String ageOf() {
        // What lies on a Pushgateway only grows older.
        return "timestamp(inferwatt_sampler_last_success_timestamp_seconds{" + J
                + "}) - inferwatt_sampler_last_success_timestamp_seconds{" + J
                + "} unless ignoring (source) push_time_seconds{" + J + "}";
    }

    private static Panel coverage() {
        return Panel.of(Kind.STAT, "Worst coverage", "percentunit", """
                        Part of the joules that sources reported over 5 minutes and that something explains; the worst component of the worst
                        JVM. The rest is missing in joules a request.""")
                .ask("worst", "min(inferwatt_attribution_coverage_ratio{" + J + HERE + "})")
                .limits(Limits.WHOLE)
                .upTo(1)
                .absent("below 1 J");
    }

    private static Panel errors() {
        return fault("Failed readings", "inferwatt_sampler_errors_total", "Readings of energy sources that failed.");
    }

    private static Panel drops() {
        return fault(
                "Calls without figure",
                "inferwatt_dropped_calls_total",
                "Ended calls that are missing from the histogram of joules a request; what they drew here is with their model all the"
                        + " same, as far as it is known.");
    }

    private static Panel exports() {
        return fault(
                "Failed exports", "inferwatt_agent_export_failures_total", "Exports that failed, of all ways out.");
    }

    private static Panel folded() {
        return Panel.of(
                        Kind.STAT,
                        "Names in 'other'",
                        "none",
                        "Label sets beyond the limit, whose figures are inside the label value other; nothing is lost. Raise"
                                + " metrics.models.max to see more models.")
                .ask("folded", "sum(inferwatt_agent_dropped_series_total{" + J + "})")
                .limits(Limits.FAULTS)
                .absent("no meter");
    }

    private static Panel instrumentation() {
        return fault(
                "Exceptions",
                "inferwatt_agent_instrumentation_errors_total",
                "Exceptions inside the instrumentation of libraries, all swallowed. Ten a minute switch a library off.");
    }

    private static Panel sources() {
        return Panel.of(Kind.TABLE, "Sources in force", "none", """
                        What is read for each component: source, quality (measured, modelled, estimated) and the method by which its joules are
                        divided among calls, with the number of JVMs.""")
                .column(
                        "JVMs",
                        "count by (component, source, quality, method) (inferwatt_measurement_info{" + J + "})",
                        "none")
                .absent("no meter");
    }

    private static Panel grid() {
        return Panel.of(Kind.TABLE, "Grid intensity in force", "none", """
                        Grams of CO2e for each kWh of this machine's electricity, location-based: zone, where the figure comes from, mean over
                        the JVMs that use it.""")
                .column(
                        "g/kWh",
                        "avg by (zone, source) (inferwatt_grid_carbon_intensity_grams_per_kwh{" + J + "})",
                        "none")
                .absent("no meter");
    }

    private static Panel age() {
        return Panel.of(Kind.LINES, "Age of readings by source", "s", """
                        Age of the last good reading when it was scraped, of the worst JVM. It stays below some seconds where all is well; a source
                        that died without a successor grows older.""")
                .ask("{{source}}", "max by (source) (" + ageOf() + ")")
                .absent("no meter");
    }

    private static Panel uncertainty() {
        return Panel.of(Kind.LINES, "Half the 95 % band of the sources", "percentunit", """
                        1.96 times the relative standard uncertainty of the joules that sources report, by component, on the worst JVM. Estimates
                        of machines elsewhere have bands of their own, on Overview and Models.""")
                .ask(
                        "{{component}}",
                        "1.96 * max by (component) (inferwatt_measurement_uncertainty_ratio{" + J + HERE + "})")
                .absent("no meter");
    }

    private static Panel readings() {
        return Panel.of(Kind.LINES, "Trouble with readings", "ops", """
                        Per second, by source: readings that failed (by reason), jumps that were refused, restarts from a lower value and
                        overflows of a register. The last two are corrected and do no harm.""")
                .ask(
                        "{{source}} failed: {{reason}}",
                        topOfRange(sumRate("source, reason", "inferwatt_sampler_errors_total", J)))
                .ask("{{source}} refused", topOfRange(sumRate("source", "inferwatt_sampler_implausible_total", J)))
                .ask("{{source}} restarted", topOfRange(sumRate("source", "inferwatt_sampler_resets_total", J)))
                .ask("{{source}} overflowed", topOfRange(sumRate("source", "inferwatt_sampler_wraps_total", J)))
                .absent("no meter");
    }

    private static Panel gaps() {
        return Panel.of(Kind.LINES, "Time without a reading", "percentunit", """
                        Part of the time, summed over the domains of a source, without a known reading: no joules are counted for it. Of the worst
                        JVM.""")
                .ask("{{source}}", "max by (source) (" + Promql.rate("inferwatt_sampler_gap_seconds_total", J) + ")")
                .absent("no meter");
    }

    private static Panel coverageOverTime() {
        return Panel.of(Kind.LINES, "Coverage by component", "percentunit", """
                        1 - gap / source energy over 5 minutes, of the worst JVM. No line where a component draws less than 1 J in that time.""")
                .ask("{{component}}", "min by (component) (inferwatt_attribution_coverage_ratio{" + J + HERE + "})")
                .upTo(1)
                .absent("below 1 J");
    }

    private static Panel unestimated() {
        return Panel.of(Kind.LINES, "Remote calls without an estimate", "percentunit", """
                        Part of the calls to models on other machines whose joules are not known, by reason: they are in no sum and no budget, which
                        are too low by as much. The ten largest.""")
                .ask(
                        "{{model}}: {{reason}}",
                        topOfRange("(" + sumRate("model, reason", "inferwatt_unestimated_requests_total", J)
                                + " / on (model) group_left () ("
                                + sumRate("model", "inferwatt_remote_requests_total", J) + " > 0))"))
                .upTo(1)
                .absent("no remote calls");
    }

    private static Panel droppedOverTime() {
        return Panel.of(Kind.LINES, "Calls without a figure", "reqps", """
                        Ended calls a second that are missing from the histogram, by reason: the record was lost (ring_full), or the energy was no
                        number (no_figure).""")
                .ask("{{reason}}", sumRate("reason", "inferwatt_dropped_calls_total", J))
                .absent("no meter");
    }

    private static Panel exportsOverTime() {
        return Panel.of(Kind.LINES, "Exports that fail", "ops", """
                        Failed exports a second by way out, of those in use. The meter itself goes on, and counters lose nothing.""")
                .ask("{{exporter}}", sumRate("exporter", "inferwatt_agent_export_failures_total", J))
                .absent("no meter");
    }

    private static Panel cpu() {
        return Panel.of(Kind.LINES, "Processor time of the meter", "percentunit", """
                        Part of one core that the meter's own threads use, on the ten JVMs where it is most; measured by the clocks of the
                        threads. Above agent.cpu.max (2 %) it looks more rarely.""")
                .ask("{{job}}: {{instance}}", topOfRange(Promql.rate("inferwatt_agent_cpu_seconds_total", J)))
                .absent("no meter");
    }

    private static Panel energy() {
        return Panel.of(Kind.LINES, "Power of the meter", "watt", """
                        Watts of the meter's own threads (boundary dynamic, IT energy; part of runtime), on the ten JVMs where it is
                        most.""")
                .ask("{{job}}: {{instance}}", topOfRange(Promql.rate("inferwatt_agent_energy_joules_total", J)))
                .absent("no meter");
    }

    private static Panel allocation() {
        return Panel.of(Kind.LINES, "Allocation of the meter", "Bps", """
                        Bytes a second that the meter's own threads allocate, on the ten JVMs where it is most.""")
                .ask("{{job}}: {{instance}}", topOfRange(Promql.rate("inferwatt_agent_allocated_bytes_total", J)))
                .absent("no meter");
    }

    private static Panel lag() {
        return Panel.of(Kind.LINES, "Latest tick", "s", """
                        By how many seconds the latest tick of the last minute came later than meant, on the ten JVMs where it is most: a busy
                        machine, or one that slept. A late tick loses no energy.""")
                .ask("{{job}}: {{instance}}", topOfRange("inferwatt_agent_tick_lag_max_seconds{" + J + "}"))
                .absent("no meter");
    }

    private static Panel interval() {
        return Panel.of(Kind.LINES, "Tick in force", "s", """
                        Seconds from tick to tick while calls run, on the ten JVMs where it is longest. Longer than set where the meter used more
                        processor time than agent.cpu.max; sums stay exact.""")
                .ask("{{job}}: {{instance}}", topOfRange("inferwatt_agent_tick_interval_seconds{" + J + "}"))
                .absent("no meter");
    }

    private static Panel intensityAge() {
        return Panel.of(Kind.LINES, "Age of the live grid intensity", "s", """
                        Seconds since a live source told its latest figure, of the worst JVM; after six hours a yearly mean is used. No line where no
                        live source is set.""")
                .ask("{{source}}, {{zone}}", "max by (source, zone) (inferwatt_grid_intensity_age_seconds{" + J + "})")
                .absent("no live source");
    }
}
