package io.inferwatt.core.report.disclosure;

import io.inferwatt.core.report.disclosure.Disclosure.Formula;
import java.util.List;

/**
 * How derived figures come from the others, in a notation that a person can follow and a program can evaluate: names are members of
 * the same object or of those around it; {@code known(x)} is 0 where x is null; {@code part(o, e)} is e inside of the object o, 0
 * where o is null; {@code when(m, w, a, b)} is a where the text m is w, else b; {@code sum(list, e)} adds e over the elements for which it is known, null if there is none;
 * {@code all(list, e)} adds it over all of them, null if it is not known of one; {@code add(a, b)} adds
 * those that are known, null if neither is; {@code row(id, e)} is e inside of the model of that id. A figure is null where something
 * that it needs is, or where it would be divided by zero.
 */
final class Formulas {

    static final List<Formula> ALL = List.of(
            of("models.local.low", "joules * max(0, 1 - hypot(1 - source_low_ratio, 1.96 * known(division_error)))"),
            of("models.local.high", "joules * (1 + hypot(source_high_ratio - 1, 1.96 * known(division_error)))"),
            of("models.local.mean_pue", "building_joules / joules"),
            of("models.local.mean_grams_per_kwh", "operational_grams / (building_joules / 3600000)"),
            of("models.local.mean_wue_liters_per_kwh", "on_site_liters / (water_joules / 3600000)"),
            of(
                    "models.local.mean_ewif_liters_per_kwh",
                    "(liters - on_site_liters) / (water_building_joules / 3600000)"),
            of("models.requests_with_figure", "max(0, counts.requests - counts.unread - counts.unestimated)"),
            of("models.mean_batch", "counts.items / counts.requests"),
            of("models.joules", "add(local.joules, remote.joules)"),
            of("models.low", "part(local, low) + part(remote, known(low)) + 0 * joules"),
            of("models.high", "part(local, high) + part(remote, known(high)) + 0 * joules"),
            of("models.measured_share", "part(local, measured_joules) / joules"),
            of("models.modelled_share", "part(local, modelled_joules) / joules"),
            of("models.estimated_share", "part(remote, known(joules)) / joules"),
            of("models.operational_grams", "add(local.operational_grams, remote.operational_grams)"),
            of("models.embodied_grams", "add(local.embodied_grams, remote.embodied_grams)"),
            of("models.market_grams", "local.market_grams"),
            of("models.liters", "add(local.liters, remote.liters)"),
            of(
                    "models.water_known_joules",
                    "part(local, known(water_joules + 0 * liters))"
                            + " + part(remote, known(joules * (estimated - without_water) / estimated))"),
            of("models.joules_per_request", "joules / requests_with_figure"),
            of("models.joules_per_item", "joules / (counts.items * requests_with_figure / counts.requests)"),
            of("models.sci_grams_per_request", "(operational_grams + known(embodied_grams)) / requests_with_figure"),
            of(
                    "models.sci_grams_per_thousand_tokens",
                    "1000 * (operational_grams + known(embodied_grams)) / tokens.with_figure"),
            of("total.requests", "known(sum(models, counts.requests))"),
            of("total.requests_with_figure", "known(sum(models, requests_with_figure))"),
            of("total.items", "known(sum(models, counts.items))"),
            of("total.local_joules", "sum(models, local.joules)"),
            of("total.remote_joules", "sum(models, remote.joules)"),
            of("total.joules", "sum(models, joules)"),
            of("total.kwh", "joules / 3600000"),
            of(
                    "total.low",
                    "all(models, part(local, joules * source_low_ratio) + part(remote, known(low))) + 0 * joules"),
            of(
                    "total.high",
                    "all(models, part(local, joules * source_high_ratio) + part(remote, known(high))) + 0 * joules"),
            of("total.measured_share", "known(sum(models, measured_share * joules)) / joules"),
            of("total.modelled_share", "known(sum(models, modelled_share * joules)) / joules"),
            of("total.estimated_share", "known(sum(models, estimated_share * joules)) / joules"),
            of("total.operational_grams", "sum(models, operational_grams)"),
            of(
                    "total.mean_pue",
                    "sum(models, local.building_joules) / sum(models, local.joules + 0 * local.building_joules)"),
            of(
                    "total.mean_grams_per_kwh",
                    "sum(models, local.operational_grams + 0 * local.building_joules)"
                            + " / (sum(models, local.building_joules + 0 * local.operational_grams) / 3600000)"),
            of(
                    "total.mean_wue_liters_per_kwh",
                    "sum(models, local.on_site_liters)"
                            + " / (sum(models, local.water_joules + 0 * local.on_site_liters) / 3600000)"),
            of(
                    "total.mean_ewif_liters_per_kwh",
                    "sum(models, local.liters - local.on_site_liters + 0 * local.water_building_joules)"
                            + " / (sum(models, local.water_building_joules + 0 * (local.liters - local.on_site_liters)) / 3600000)"),
            of("total.embodied_grams", "sum(models, embodied_grams)"),
            of("total.co2e_grams", "operational_grams + known(embodied_grams)"),
            of("total.market_grams", "sum(models, market_grams)"),
            of("total.liters", "sum(models, liters)"),
            of("total.water_known_share", "known(sum(models, water_known_joules)) / joules"),
            of("total.training_grams", "sum(models, training_grams)"),
            of("host.joules", "models + idle + runtime + other + gap"),
            of("tenants.lines.share", "joules / sum(tenants.lines, joules)"),
            of(
                    "comparisons.items",
                    "row(from, counts.items) * row(from, requests_with_figure) / row(from, counts.requests)"),
            of("comparisons.from_joules_per_item", "row(from, joules_per_item)"),
            of("comparisons.to_joules_per_item", "row(to, joules_per_item)"),
            of("comparisons.from_mean_batch", "row(from, mean_batch)"),
            of("comparisons.to_mean_batch", "row(to, mean_batch)"),
            of("comparisons.from_low", band("from", "max(0, 1 - 1.96 * local.division_error)", "low")),
            of("comparisons.from_high", band("from", "(1 + 1.96 * local.division_error)", "high")),
            of("comparisons.to_low", band("to", "max(0, 1 - 1.96 * local.division_error)", "low")),
            of("comparisons.to_high", band("to", "(1 + 1.96 * local.division_error)", "high")),
            of("comparisons.joules_instead", "items * to_joules_per_item"),
            of("comparisons.joules_saved", "items * from_joules_per_item - joules_instead"),
            of("comparisons.grams_instead", "items * row(to, sci_grams_per_request) / row(to, mean_batch)"),
            of(
                    "comparisons.grams_saved",
                    "row(from, operational_grams) + row(from, known(embodied_grams)) - grams_instead"));

    /** Of a meter whose books hold both parts of a model's joules and one building. */
    static final List<Formula> OF_SNAPSHOT = List.of(
            of("models.local.joules", "joules_dynamic + joules_idle_share"),
            of("not_known.requests_without_figure", "known(sum(models, remote.unestimated))"));

    private Formulas() {}

    private static String band(String row, String division, String end) {
        return "when(bands, division, row(" + row + ", local.joules * " + division + "), row(" + row + ", " + end
                + ")) / row(" + row + ", counts.items * requests_with_figure / counts.requests)";
    }

    private static Formula of(String figure, String formula) {
        return new Formula(figure, formula);
    }
}
