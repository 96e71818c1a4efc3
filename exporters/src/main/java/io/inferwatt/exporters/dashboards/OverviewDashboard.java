package io.inferwatt.exporters.dashboards;

import static io.inferwatt.exporters.dashboards.Promql.ELSEWHERE;
import static io.inferwatt.exporters.dashboards.Promql.HERE;
import static io.inferwatt.exporters.dashboards.Promql.J;
import static io.inferwatt.exporters.dashboards.Promql.M;
import static io.inferwatt.exporters.dashboards.Promql.joulesPerRequest;
import static io.inferwatt.exporters.dashboards.Promql.machineWatts;
import static io.inferwatt.exporters.dashboards.Promql.orNothing;
import static io.inferwatt.exporters.dashboards.Promql.rate;
import static io.inferwatt.exporters.dashboards.Promql.sumRate;
import static io.inferwatt.exporters.dashboards.Promql.top;
import static io.inferwatt.exporters.dashboards.Promql.topOfRange;
import static io.inferwatt.exporters.dashboards.Promql.unattributedOfHosts;
import static io.inferwatt.exporters.dashboards.Promql.wattsWithIdle;

import io.inferwatt.exporters.dashboards.Dashboard.Variable;
import io.inferwatt.exporters.dashboards.Panel.Kind;
import io.inferwatt.exporters.dashboards.Panel.Limits;
import java.util.List;

/** What models draw now, what that is in grams and litres, whether budgets hold, and how much of it is known. */
final class OverviewDashboard {

    static final String UID = "inferwatt-overview";

    private static final String GRAMS_PER_HOUR = "3600 * (" + sumRate("", "inferwatt_co2e_grams_total", M) + " + "
            + sumRate("", "inferwatt_idle_share_co2e_grams_total", M) + ")";

    private OverviewDashboard() {}

    static Dashboard make() {
        return new Dashboard(
                UID,
                "Inferwatt / Overview",
                "Power, joules a request, CO2e, water, coverage and budgets of live model calls.",
                List.of(Variable.JOB, Variable.INSTANCE, Variable.MODEL),
                List.of(
                        machine(),
                        models(),
                        elsewhere(),
                        joules(),
                        grams(),
                        liters(),
                        coverage(),
                        budget(),
                        machineByComponent(),
                        modelPower(),
                        joulesByModel(),
                        gramsByModel(),
                        whereJoulesGo(),
                        hereAndElsewhere(),
                        quality(),
                        budgets()));
    }

    private static Panel machine() {
        return Panel.of(Kind.STAT, "Machines", "watt", """
                        Watts of the whole machines that the chosen JVMs run on, whoever draws them: IT power, without the building. Of a
                        host with several JVMs the largest reading counts, so nothing is counted twice. Quality as on Meter health.""")
                .ask("machines", machineWatts(""))
                .absent("no meter");
    }

    private static Panel models() {
        return Panel.of(Kind.STAT, "Models, here", "watt", """
                        Watts that the chosen models' calls draw on these machines, with their share of idle (boundary with_idle, IT
                        energy).""")
                .ask("models", wattsWithIdle("", HERE))
                .absent("no calls");
    }

    private static Panel elsewhere() {
        return Panel.of(Kind.STAT, "Models, elsewhere", "watt", """
                        Watts that the chosen models draw on other people's machines, with idle: an estimate from tokens or images, the
                        middle of a 95 % band that reaches a factor of five to either side. Calls without an estimate are not in it.""")
                .ask("elsewhere", wattsWithIdle("", ELSEWHERE))
                .absent("no remote calls");
    }

    private static Panel joules() {
        return Panel.of(Kind.STAT, "Joules a request", "joule", """
                        Mean joules of one request, here and estimated elsewhere, with its share of idle (boundary with_idle, IT energy),
                        over the requests whose joules are known.""")
                .ask("mean", joulesPerRequest(""))
                .absent("no requests");
    }

    private static Panel grams() {
        return Panel.of(Kind.STAT, "CO2e an hour", "massg", """
                        Grams of CO2e an hour at the present pace: electricity with idle at the location-based grid intensity of its own
                        time and with the building (PUE), and the making of machines as far as known.""")
                .ask("CO2e", GRAMS_PER_HOUR)
                .absent("no calls");
    }

    private static Panel liters() {
        return Panel.of(Kind.STAT, "Water an hour", "litre", """
                        Litres of water an hour, on site and at power plants, of the joules for which both are known (boundary dynamic,
                        facility). No figure means not known, never nought.""")
                .ask("water", "3600 * " + sumRate("", "inferwatt_water_liters_total", M))
                .absent("not known");
    }

    private static Panel coverage() {
        return Panel.of(Kind.STAT, "Coverage", "percentunit", """
                        Part of the joules that sources reported over 5 minutes and that models, idle, runtime or other processes explain;
                        the worst component of the worst JVM. Below 95 % joules a request are too low by about the rest.""")
                .ask("worst", "min(inferwatt_attribution_coverage_ratio{" + J + HERE + "})")
                .limits(Limits.WHOLE)
                .upTo(1)
                .absent("below 1 J");
    }

    private static Panel budget() {
        return Panel.of(Kind.STAT, "Fullest budget", "percentunit", """
                        Consumed over limit of the budget of which most is gone, summed over the JVMs of its job; of a mean, the worst
                        JVM. All of them are on Budgets.""")
                .ask("fullest", "max(" + BudgetsDashboard.consumedRatio(J) + ")")
                .limits(Limits.CONSUMED)
                .absent("no budget");
    }

    private static Panel machineByComponent() {
        return Panel.of(Kind.STACK, "Machines by component", "watt", """
                        Watts of the whole machines by component, whoever draws them (IT power). Components are disjoint, so their sum is
                        right; of a host with several JVMs the largest reading counts.""")
                .ask("{{component}}", machineWatts("component"))
                .absent("no meter");
    }

    private static Panel modelPower() {
        return Panel.of(Kind.STACK, "Models", "watt", """
                        Watts of the calls of the ten models that draw most, here and estimated elsewhere, with their share of idle
                        (boundary with_idle, IT energy).""")
                .ask("{{model}}", topOfRange("(" + wattsWithIdle("model", "") + ")"))
                .absent("no calls");
    }

    private static Panel joulesByModel() {
        return Panel.of(Kind.LINES, "Joules a request by model", "joule", """
                        Mean joules of one request of the ten dearest models, here and estimated elsewhere, with idle (boundary with_idle,
                        IT energy), over the requests whose joules are known. The scale is logarithmic. Bands are on Models.""")
                .ask("{{model}}", topOfRange("(" + joulesPerRequest("model") + ")"))
                .logarithmic()
                .absent("no requests");
    }

    private static Panel gramsByModel() {
        return Panel.of(Kind.STACK, "CO2e an hour by model", "massg", """
                        Grams of CO2e an hour of the ten models that emit most: electricity with idle, location-based, with the building
                        (PUE), and the making of machines as far as known.""")
                .ask(
                        "{{model}}",
                        topOfRange("(3600 * (" + sumRate("model", "inferwatt_co2e_grams_total", M) + " + "
                                + sumRate("model", "inferwatt_idle_share_co2e_grams_total", M) + "))"))
                .absent("no calls");
    }

    private static Panel whereJoulesGo() {
        String calls = sumRate("", "inferwatt_energy_joules_total", J + HERE);
        String runtime = sumRate("", "inferwatt_unattributed_energy_joules_total", J + ",reason=\"runtime\"");
        String idle = unattributedOfHosts("idle");
        String gap = unattributedOfHosts("gap");
        return Panel.of(Kind.STACK, "Where the machines' joules go", "watt", """
                        Watts of the machines by what they are for (IT power): calls of all models above idle, idle, the rest of the chosen
                        JVMs (runtime), other processes, and what no column explains (gap). Sums of the JVMs; idle and gap are
                        that part of each host which its JVMs call so, other processes what is left: as long as idle is not known, that too.""")
                .ask("model calls", calls)
                .ask("idle", idle)
                .ask("runtime", runtime)
                .ask(
                        "other processes",
                        "clamp_min(" + machineWatts("") + " - " + orNothing(calls) + " - " + orNothing(runtime) + " - "
                                + orNothing(idle) + " - " + orNothing(gap) + ", 0)")
                .ask("gap", gap)
                .absent("no meter");
    }

    private static Panel hereAndElsewhere() {
        return Panel.of(Kind.LINES, "Elsewhere with its band, and here", "watt", """
                        Watts of the chosen models on other people's machines (estimated; dashed: the ends of the 95 % band) beside what the
                        same models draw here (measured or modelled), all with idle (IT energy). The scale is logarithmic.""")
                .ask("elsewhere", wattsWithIdle("", ELSEWHERE))
                .ask("elsewhere, low", sumRate("", "inferwatt_remote_bound_joules_total", M + ",bound=\"low\""))
                .ask("elsewhere, high", sumRate("", "inferwatt_remote_bound_joules_total", M + ",bound=\"high\""))
                .ask("here", wattsWithIdle("", HERE))
                .band()
                .logarithmic()
                .absent("no calls");
    }

    private static Panel quality() {
        return Panel.of(Kind.STACK, "How the joules are known", "percentunit", """
                        Share of the chosen models' joules by quality: measured (a counter, or power over time), modelled (from load and the
                        machine's facts), estimated (from tokens or images, for somebody else's machine). Boundary dynamic.""")
                .ask(
                        "{{quality}}",
                        sumRate("quality", "inferwatt_energy_joules_total", M) + " / on () group_left () (sum("
                                + rate("inferwatt_energy_joules_total", M) + ") > 0)")
                .upTo(1)
                .absent("no calls");
    }

    private static Panel budgets() {
        return Panel.of(Kind.BARS, "Budgets consumed", "percentunit", """
                        Consumed over limit in the present window of the ten fullest budgets, summed over the JVMs of a job; of a mean, the
                        worst JVM. Yellow from 80 %, red from 100 %.""")
                .ask("{{budget}} ({{kind}}, {{job}})", top("(" + BudgetsDashboard.consumedRatio(J) + ")"))
                .limits(Limits.CONSUMED)
                .upTo(1)
                .absent("no budget");
    }
}
