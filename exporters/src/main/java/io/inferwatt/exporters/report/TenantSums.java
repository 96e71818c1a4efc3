package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Tenants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What records say of tenants, added up exactly: every one is kept. */
final class TenantSums {

    private static final int HEAVIEST = 20;

    private static final Tenant NOBODY = new Tenant("", false);

    private final Map<Tenant, Sum> byTenant = new HashMap<>();

    void add(RecordLine.Read read) {
        byTenant.computeIfAbsent(new Tenant(read.tenant(), read.hashed()), ignored -> new Sum())
                .add(read);
    }

    Tenants tenants() {
        List<Map.Entry<Tenant, Sum>> told = new ArrayList<>(byTenant.entrySet());
        told.removeIf(tenant -> tenant.getKey().equals(NOBODY));
        if (told.isEmpty()) {
            return Tenants.NONE;
        }
        told.sort(Comparator.comparingDouble((Map.Entry<Tenant, Sum> tenant) -> tenant.getValue().joules)
                .reversed());
        double all = byTenant.values().stream().mapToDouble(sum -> sum.joules).sum();
        double ofTenants =
                told.stream().mapToDouble(tenant -> tenant.getValue().joules).sum();
        List<Tenants.Line> lines = new ArrayList<>();
        Sum other = new Sum();
        for (Map.Entry<Tenant, Sum> tenant : told) {
            if (tenant.getKey().hashed()) {
                other.add(tenant.getValue());
            } else {
                lines.add(tenant.getValue().line(tenant.getKey().text(), all));
            }
        }
        lines.add(other.line("other", all));
        lines.add(byTenant.getOrDefault(NOBODY, new Sum()).line("none", all));
        return new Tenants(
                lines,
                told.size(),
                top(told, 0.01, ofTenants),
                top(told, 0.1, ofTenants),
                0,
                told.stream()
                        .limit(HEAVIEST)
                        .map(tenant -> new Tenants.Heavy(tenant.getKey().text(), tenant.getValue().joules))
                        .toList());
    }

    private static double top(List<Map.Entry<Tenant, Sum>> heaviestFirst, double part, double all) {
        long count = Math.max(1, (long) Math.ceil(part * heaviestFirst.size() - 1e-9));
        double joules = heaviestFirst.stream()
                .limit(count)
                .mapToDouble(tenant -> tenant.getValue().joules)
                .sum();
        return all > 0 ? joules / all : Double.NaN;
    }

    /** @param hashed whether it is not on the operator's list */
    private record Tenant(String text, boolean hashed) {}

    private static final class Sum {

        private double requests;
        private double unknown;
        private double joules;
        private double grams = Double.NaN;
        private double liters = Double.NaN;

        void add(RecordLine.Read read) {
            requests += read.requests();
            unknown += Double.isNaN(read.totalJoules()) ? read.requests() : 0;
            joules += RecordSum.orZero(read.localJoules()) + RecordSum.orZero(read.remoteCentral());
            grams = RecordSum.plus(grams, read.operationalGrams());
            grams = RecordSum.plus(grams, read.embodiedGrams());
            liters = RecordSum.plus(liters, read.liters());
        }

        void add(Sum more) {
            requests += more.requests;
            unknown += more.unknown;
            joules += more.joules;
            grams = RecordSum.plus(grams, more.grams);
            liters = RecordSum.plus(liters, more.liters);
        }

        Tenants.Line line(String name, double all) {
            return new Tenants.Line(
                    name, requests, unknown, joules, grams, liters, all > 0 ? joules / all : Double.NaN);
        }
    }
}
