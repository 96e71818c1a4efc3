package io.inferwatt.exporters.report;

import io.inferwatt.core.report.disclosure.Tenants;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What records say of tenants, added up exactly: every one is kept. */
final class TenantSums {

    private static final int HASH_LENGTH = 16;
    private static final int HEAVIEST = 20;

    private final Map<String, Sum> byTenant = new HashMap<>();

    void add(RecordLine.Read read) {
        byTenant.computeIfAbsent(read.tenant(), ignored -> new Sum()).add(read);
    }

    Tenants tenants() {
        List<Map.Entry<String, Sum>> told = new ArrayList<>(byTenant.entrySet());
        told.removeIf(tenant -> tenant.getKey().isEmpty());
        if (told.isEmpty()) {
            return Tenants.NONE;
        }
        told.sort(Comparator.comparingDouble((Map.Entry<String, Sum> tenant) -> tenant.getValue().joules)
                .reversed());
        double all = byTenant.values().stream().mapToDouble(sum -> sum.joules).sum();
        double ofTenants =
                told.stream().mapToDouble(tenant -> tenant.getValue().joules).sum();
        List<Tenants.Line> lines = new ArrayList<>();
        Sum other = new Sum();
        for (Map.Entry<String, Sum> tenant : told) {
            if (isHash(tenant.getKey())) {
                other.add(tenant.getValue());
            } else {
                lines.add(tenant.getValue().line(tenant.getKey(), all));
            }
        }
        lines.add(other.line("other", all));
        lines.add(byTenant.getOrDefault("", new Sum()).line("none", all));
        return new Tenants(
                lines,
                told.size(),
                top(told, 0.01, ofTenants),
                top(told, 0.1, ofTenants),
                0,
                told.stream()
                        .limit(HEAVIEST)
                        .map(tenant -> new Tenants.Heavy(tenant.getKey(), tenant.getValue().joules))
                        .toList());
    }

    private static double top(List<Map.Entry<String, Sum>> heaviestFirst, double part, double all) {
        long count = Math.max(1, (long) Math.ceil(part * heaviestFirst.size() - 1e-9));
        double joules = heaviestFirst.stream()
                .limit(count)
                .mapToDouble(tenant -> tenant.getValue().joules)
                .sum();
        return all > 0 ? joules / all : Double.NaN;
    }

    /** What is not on the operator's list is a hash of 16 hexadecimal digits in records. */
    private static boolean isHash(String tenant) {
        return tenant.length() == HASH_LENGTH && tenant.chars().allMatch(each -> Character.digit(each, 16) >= 0);
    }

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
