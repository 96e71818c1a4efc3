package io.inferwatt.core.budget;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.report.ComponentJoules;
import io.inferwatt.core.report.SettledCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settled requests, budgets and what stands around them in tests. */
final class Charges {

    /** Tenants whose hash is the sum of their name's characters; {@code acme-1} and {@code acme-2} are told apart by name. */
    static final BudgetLedger.Tenants TENANTS = new BudgetLedger.Tenants() {
        @Override
        public long hash(String name) {
            return name.chars().sum();
        }

        @Override
        public Tenant of(long hash) {
            for (String named : List.of("acme-1", "acme-2")) {
                if (hash(named) == hash) {
                    return new Tenant(hash, named);
                }
            }
            return hash == 0 ? Tenant.NONE : new Tenant(hash, "");
        }

        @Override
        public long current() {
            return 0;
        }
    };

    private Charges() {}

    static SettledCall joules(String model, double joules) {
        return call(ModelKey.of(model), Tenant.NONE, 1, joules, 0, 0, 0, 0);
    }

    /** @param whole whether it is no part of a request, and no request with such parts */
    static SettledCall call(long requests, boolean whole, double joules, Range remote, Footprint footprint) {
        return new SettledCall(
                ModelKey.of("m"),
                Outcome.OK,
                0,
                1,
                requests,
                1,
                TokenUsage.NONE,
                joules / 2,
                joules,
                remote.central() / 2,
                remote,
                "",
                ComponentJoules.UNKNOWN,
                footprint,
                Tenant.NONE,
                whole,
                Double.NaN,
                Quality.MEASURED,
                0,
                0,
                0);
    }

    static SettledCall call(
            ModelKey key,
            Tenant tenant,
            long requests,
            double joules,
            double remoteJoules,
            double operationalGrams,
            double embodiedGrams,
            double liters) {
        return new SettledCall(
                key,
                Outcome.OK,
                0,
                1,
                requests,
                1,
                TokenUsage.NONE,
                joules / 2,
                joules,
                remoteJoules / 2,
                Range.exactly(remoteJoules),
                "",
                ComponentJoules.UNKNOWN,
                new Footprint(operationalGrams, embodiedGrams, Double.NaN, liters),
                tenant,
                true,
                Double.NaN,
                Quality.MEASURED,
                0,
                0,
                0);
    }

    /** @param settings {@code property=value}, of one budget */
    static Budget budget(String name, String... settings) {
        List<String> problems = new ArrayList<>();
        List<Budget> read = read(problems, Map.of(name, properties(settings)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        return read.get(0);
    }

    static Map<String, String> properties(String... settings) {
        Map<String, String> properties = new TreeMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            properties.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return properties;
    }

    static List<Budget> read(List<String> problems, Map<String, Map<String, String>> properties) {
        return new BudgetReader(TENANTS::hash, java.time.ZoneId.of("Europe/Berlin"), problems).read(properties);
    }
}
