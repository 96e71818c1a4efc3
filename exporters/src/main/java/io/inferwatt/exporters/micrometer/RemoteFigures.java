package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.Unestimated;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.RemoteTotals;
import java.util.List;
import java.util.Locale;

/** Turns what models drew on other machines into series, of those models alone that have asked one. */
final class RemoteFigures {

    private static final String REMOTE = Component.REMOTE.label();
    private static final String ESTIMATED = Quality.ESTIMATED.label();

    /** Each call is estimated by itself: unlike the joules of a meter nothing is divided among calls. */
    private static final String METHOD = "per_call";

    /** Standard deviations between the ends of a normal 95 % band. */
    private static final double BAND_WIDTH = 3.92;

    private static final Unestimated.Reason[] REASONS = Unestimated.Reason.values();

    private final SeriesTable table;
    private final String hostName;

    RemoteFigures(SeriesTable table, String hostName) {
        this.table = table;
        this.hostName = hostName;
    }

    /** Returns whether a model is one of those: its calls go elsewhere, or one of them has asked elsewhere. */
    static boolean concern(ModelTotals totals) {
        return totals.key().remote() || totals.remote().any();
    }

    /** Makes sure that there are all series of which 0 tells something: water may not be known at all. */
    void open(String model, String operation) {
        table.open(Catalogue.ENERGY, model, operation, REMOTE, ESTIMATED);
        table.open(Catalogue.IDLE_SHARE, model, operation, REMOTE, ESTIMATED);
        table.open(Catalogue.TOKENS_CACHED, model);
        table.open(Catalogue.TOKENS_REASONING, model);
        table.open(RemoteCatalogue.BOUND, model, "low");
        table.open(RemoteCatalogue.BOUND, model, "high");
        table.open(RemoteCatalogue.REQUESTS, model);
        for (Unestimated.Reason reason : REASONS) {
            table.open(RemoteCatalogue.UNESTIMATED_REQUESTS, model, label(reason));
        }
        table.open(RemoteCatalogue.UNESTIMATED_TOKENS, model, "input");
        table.open(RemoteCatalogue.UNESTIMATED_TOKENS, model, "output");
        table.open(RemoteCatalogue.WATER_UNKNOWN, model);
    }

    void add(String model, String operation, RemoteTotals totals) {
        Range joules = totals.joules();
        table.add(Catalogue.ENERGY, totals.dynamicJoules(), model, operation, REMOTE, ESTIMATED);
        table.add(Catalogue.IDLE_SHARE, joules.central() - totals.dynamicJoules(), model, operation, REMOTE, ESTIMATED);
        table.add(RemoteCatalogue.BOUND, joules.low(), model, "low");
        table.add(RemoteCatalogue.BOUND, joules.high(), model, "high");
        table.add(Catalogue.CO2E, totals.dynamicOperationalGrams(), model, "operational");
        if (totals.embodiedGrams().central() > 0) {
            table.add(Catalogue.CO2E, totals.embodiedGrams().central(), model, "embodied");
        }
        if (totals.estimated() > totals.withoutWater()) {
            table.add(Catalogue.WATER, totals.dynamicLiters(), model, REMOTE);
        }
        table.count(RemoteCatalogue.WATER_UNKNOWN, totals.withoutWater(), model);
        table.count(RemoteCatalogue.REQUESTS, totals.estimated(), model);
        totals.unestimated().forEach((reason, count) -> {
            table.count(RemoteCatalogue.REQUESTS, count.calls(), model);
            table.count(RemoteCatalogue.UNESTIMATED_REQUESTS, count.calls(), model, label(reason));
            table.count(RemoteCatalogue.UNESTIMATED_TOKENS, count.inputTokens(), model, "input");
            table.count(RemoteCatalogue.UNESTIMATED_TOKENS, count.outputTokens(), model, "output");
        });
    }

    /** Says by which methods all models together were estimated, and how sure the sum is; nothing before the first estimate. */
    void gauge(List<ModelTotals> models) {
        double low = 0;
        double high = 0;
        for (ModelTotals totals : models) {
            low += totals.remote().joules().low();
            high += totals.remote().joules().high();
        }
        // Without a lower end above 0 the band has no width on the scale of ratios: not known is absent.
        double uncertainty = Math.log(high / low) / BAND_WIDTH;
        if (low > 0 && PooledUncertainty.isKnown(uncertainty)) {
            table.add(Catalogue.UNCERTAINTY, uncertainty, REMOTE);
        }
        models.stream()
                .flatMap(totals -> totals.remote().methods().stream())
                .distinct()
                .forEach(id -> table.add(Catalogue.MEASUREMENT, 1, REMOTE, id, ESTIMATED, METHOD, hostName));
    }

    private static String label(Unestimated.Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }
}
