package io.inferwatt.core.tenant;

import io.inferwatt.core.report.CallListener;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.TenantSpread;
import io.inferwatt.core.report.TenantTotals;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The books of all tenants. Sampler thread only. */
public final class TenantLedger implements CallListener {

    /** Tenants told apart for {@link TenantSpread}; about 1 MB when all are in use. */
    private static final int MOST_TENANTS = 10_000;

    private static final int HEAVIEST = 20;

    /** Sorting ten thousand takes a millisecond, too much for once a second. */
    private static final long SPREAD_NANOS = 10_000_000_000L;

    private final TenantTable table;
    private final Map<String, Sum> sumsByLabel = new LinkedHashMap<>();
    private final HeavyHitters tenants;
    private boolean told;
    private boolean changed;
    private TenantSpread spread = TenantSpread.NONE;
    private long spreadNanos;

    public TenantLedger(TenantTable table) {
        this(table, MOST_TENANTS);
    }

    TenantLedger(TenantTable table, int mostTenants) {
        this.table = table;
        this.tenants = new HeavyHitters(mostTenants);
        for (String name : table.names()) {
            sumsByLabel.put(name, new Sum());
        }
        sumsByLabel.put("other", new Sum());
        sumsByLabel.put("none", new Sum());
    }

    @Override
    public void settled(SettledCall call) {
        Sum sum = sumsByLabel.get(call.tenant().label());
        if (sum != null) {
            sum.add(call);
        }
        if (call.tenant().isKnown()) {
            told = true;
            changed = true;
            tenants.add(call.tenant().hash(), knownJoules(call));
        }
    }

    /** Returns the sums of those told apart by name, of all others and of nobody; empty as long as no tenant was ever told. */
    public List<TenantTotals> totals() {
        List<TenantTotals> totals = new ArrayList<>();
        if (told) {
            sumsByLabel.forEach((label, sum) -> totals.add(sum.totals(label)));
        }
        return totals;
    }

    /** Returns how unevenly they draw energy, at most ten seconds old. */
    public TenantSpread spread(long nowNanos) {
        if (changed && (spread.tenants() == 0 || nowNanos - spreadNanos >= SPREAD_NANOS)) {
            changed = false;
            spreadNanos = nowNanos;
            spread = newSpread();
        }
        return spread;
    }

    private static double knownJoules(SettledCall call) {
        return orZero(call.joulesWithIdle()) + orZero(call.remoteJoulesWithIdle());
    }

    private static double orZero(double value) {
        return Double.isNaN(value) ? 0 : value;
    }

    private TenantSpread newSpread() {
        List<HeavyHitters.Heavy> sorted = tenants.heaviestFirst();
        List<TenantSpread.Heavy> heaviest = new ArrayList<>();
        for (HeavyHitters.Heavy heavy : sorted.subList(0, Math.min(HEAVIEST, sorted.size()))) {
            String name = table.of(heavy.id()).name();
            heaviest.add(new TenantSpread.Heavy(
                    name.isEmpty() ? HexFormat.of().toHexDigits(heavy.id()) : name, heavy.weight()));
        }
        return new TenantSpread(
                sorted.size(),
                tenants.total(),
                shareOf(sorted, 0.01),
                shareOf(sorted, 0.1),
                tenants.largestError(),
                heaviest);
    }

    private double shareOf(List<HeavyHitters.Heavy> sorted, double part) {
        long count = Math.max(1, Math.round(Math.ceil(part * sorted.size() - 1e-9)));
        double joules = 0;
        for (int i = 0; i < count && i < sorted.size(); i++) {
            joules += sorted.get(i).weight() - sorted.get(i).error();
        }
        return tenants.total() > 0 ? joules / tenants.total() : Double.NaN;
    }

    private static final class Sum {

        private long requests;
        private double joules;
        private double grams;
        private double liters;
        private long unknown;

        void add(SettledCall call) {
            requests += call.requests();
            if (Double.isNaN(call.totalJoules())) {
                unknown += Math.max(1, call.requests()); // a part told apart is one of a request's
            }
            joules += knownJoules(call);
            grams += orZero(call.footprint().operationalGrams())
                    + orZero(call.footprint().embodiedGrams());
            liters += orZero(call.footprint().liters());
        }

        TenantTotals totals(String label) {
            return new TenantTotals(label, requests, joules, grams, liters, unknown);
        }
    }
}
