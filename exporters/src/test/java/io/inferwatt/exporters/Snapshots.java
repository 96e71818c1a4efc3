package io.inferwatt.exporters;

import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.Tenant;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.energy.Component;
import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.ErrorBand;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.footprint.Facility;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.footprint.remote.Range;
import io.inferwatt.core.footprint.remote.RemotePlace;
import io.inferwatt.core.report.BudgetTotals;
import io.inferwatt.core.report.ComponentJoules;
import io.inferwatt.core.report.FacilityUseOf;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.MeterSnapshot.CounterTiming;
import io.inferwatt.core.report.MeterSnapshot.DomainTotals;
import io.inferwatt.core.report.MeterSnapshot.LocalServerTotals;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.core.report.MeterSnapshot.OwnCost;
import io.inferwatt.core.report.MeterSnapshot.ServerState;
import io.inferwatt.core.report.MeterSnapshot.TickTotals;
import io.inferwatt.core.report.MeterSnapshot.TokenTotals;
import io.inferwatt.core.report.MeterSnapshot.UncountedTotals;
import io.inferwatt.core.report.ModelFootprint;
import io.inferwatt.core.report.RemoteTotals;
import io.inferwatt.core.report.SettledCall;
import io.inferwatt.core.report.TenantSpread;
import io.inferwatt.core.report.TenantTotals;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A meter's ledger that grows by random ticks and always adds up, as the real one does. */
public final class Snapshots {

    private static final TickTotals TICKS = new TickTotals(1200, 0.6, 0.08, 0.05, 1, 0.015, 0.02);

    private final Random random;
    private final Map<ModelKey, Model> models = new LinkedHashMap<>();
    private final List<Meter> meters = new ArrayList<>();
    private final List<RemotePlace> places = new ArrayList<>();
    private final List<BudgetTotals> budgets = new ArrayList<>();
    private CarbonIntensity intensity = new CarbonIntensity(400, "KR", "table", "a publisher", OptionalInt.of(2025));
    private Facility facility = new Facility(1.2, "configured");
    private final List<TenantTotals> tenants = new ArrayList<>();
    private double marketGramsPerKwh = Double.NaN;
    private double trainingGramsPerRequest = Double.NaN;
    private double readEpochSeconds = 1.79e9;
    private OwnCost own = new OwnCost(0.5, 0.25, 4096, TICKS);
    private final Map<Domain, Double> watts = new LinkedHashMap<>();

    private static final class Model {
        final Map<Outcome, Long> requests = new EnumMap<>(Outcome.class);
        final Map<Meter, double[]> joules = new LinkedHashMap<>();
        double seconds;
        long items;
        long tokens;
        long cachedTokens;
        long reasoningTokens;

        @Nullable
        RemoteBooks remote;

        Confidence confidence = Confidence.UNKNOWN;
    }

    private static final class Meter {
        final Domain domain;
        final String source;
        final Quality quality;
        double models;
        double idle;
        double runtime;
        double other;
        double gap;
        long samples;
        boolean speaking = true;

        Meter(Domain domain, String source, Quality quality) {
            this.domain = domain;
            this.source = source;
            this.quality = quality;
        }
    }

    public Snapshots(long seed) {
        random = new Random(seed);
    }

    public static Snapshots ofHost(long seed) {
        return new Snapshots(seed)
                .source(Domain.CPU, "rapl-powercap", Quality.MEASURED)
                .source(Domain.DRAM, "rapl-powercap", Quality.MEASURED)
                .source(new Domain(Component.GPU, "gpu:GPU-1"), "nvml-energy", Quality.MEASURED)
                .source(new Domain(Component.GPU, "gpu:GPU-2"), "nvml-power", Quality.MEASURED);
    }

    /** Adds a source; one that spoke for the same domain before falls silent. */
    public Snapshots source(Domain domain, String source, Quality quality) {
        meters.stream().filter(meter -> meter.domain.equals(domain)).forEach(meter -> meter.speaking = false);
        meters.add(new Meter(domain, source, quality));
        return this;
    }

    /** Says what a domain draws now, 50 W unless told. */
    public Snapshots watts(Domain domain, double now) {
        watts.put(domain, now);
        return this;
    }

    public Snapshots silence(Domain domain) {
        meters.stream().filter(meter -> meter.domain.equals(domain)).forEach(meter -> meter.speaking = false);
        return this;
    }

    /** Adds a call and a tick in which all meters that speak advance. */
    public Snapshots call(String model, String operation, Outcome outcome) {
        return call(new ModelKey(model, operation), outcome);
    }

    /** Adds a call that asks another machine, which draws something there, or may. */
    public Snapshots remoteCall(String model, String operation, Outcome outcome) {
        books(ModelKey.remote(model, operation)).anything(random);
        return call(ModelKey.remote(model, operation), outcome);
    }

    /** Returns what a model drew elsewhere, to be added to; the model appears with it. */
    public RemoteBooks books(ModelKey key) {
        Model totals = models.computeIfAbsent(key, ignored -> new Model());
        RemoteBooks books = totals.remote == null ? new RemoteBooks() : totals.remote;
        totals.remote = books;
        return books;
    }

    public Snapshots intensity(CarbonIntensity inForce) {
        intensity = inForce;
        return this;
    }

    public Snapshots facility(Facility inForce) {
        facility = inForce;
        return this;
    }

    /** Says how the electricity is bought. */
    public Snapshots market(double gramsPerKwh) {
        marketGramsPerKwh = gramsPerKwh;
        return this;
    }

    /** Says what training emitted. */
    public Snapshots training(double gramsPerRequest) {
        trainingGramsPerRequest = gramsPerRequest;
        return this;
    }

    public Snapshots tenant(TenantTotals tenant) {
        tenants.add(tenant);
        return this;
    }

    public Snapshots place(RemotePlace place) {
        places.add(place);
        return this;
    }

    public Snapshots budget(BudgetTotals budget) {
        budgets.add(budget);
        return this;
    }

    /** Says when the meters were last read. */
    public Snapshots readAt(double epochSeconds) {
        readEpochSeconds = epochSeconds;
        return this;
    }

    /** Says what the meter itself used. */
    public Snapshots own(double joules, double cpuSeconds) {
        own = new OwnCost(joules, cpuSeconds, 4096, TICKS);
        return this;
    }

    private Snapshots call(ModelKey key, Outcome outcome) {
        Model totals = models.computeIfAbsent(key, ignored -> new Model());
        totals.requests.merge(outcome, 1L, Long::sum);
        totals.seconds += random.nextDouble();
        totals.items += 1 + random.nextInt(8);
        totals.tokens += random.nextInt(100);
        if (key.remote()) {
            totals.cachedTokens = totals.tokens / 2;
            totals.reasoningTokens = totals.tokens / 3;
        }
        for (Meter meter : meters) {
            if (meter.speaking) {
                double joules = random.nextDouble() * 10;
                double[] booked = totals.joules.computeIfAbsent(meter, ignored -> new double[2]);
                booked[0] += joules;
                booked[1] += joules / 7;
                meter.models += joules;
                meter.idle += random.nextDouble() * 5;
                meter.runtime += random.nextDouble();
                meter.other += random.nextDouble();
                meter.gap += random.nextInt(10) == 0 ? random.nextDouble() : 0;
                meter.samples++;
            }
        }
        return this;
    }

    /** Says how sure the share of a model is that was called before. */
    public Snapshots confidence(String model, String operation, Confidence confidence) {
        models.get(new ModelKey(model, operation)).confidence = confidence;
        return this;
    }

    public MeterSnapshot now() {
        List<ModelTotals> totals = new ArrayList<>();
        models.forEach((key, model) -> totals.add(totals(key, model)));
        return new MeterSnapshot(
                totals,
                meters.stream().map(this::totals).toList(),
                List.of(new UncountedTotals(Domain.PLATFORM, "rapl-psys", 1234)),
                3,
                2,
                0,
                intensity,
                facility,
                places,
                own,
                List.of(new LocalServerTotals("localhost:11434", ServerState.METERED, 7, "ollama", 1.5, 5, 2)),
                tenants,
                TenantSpread.NONE,
                budgets);
    }

    private ModelTotals totals(ModelKey key, Model model) {
        Map<Outcome, Long> requests = new EnumMap<>(Outcome.class);
        for (Outcome outcome : Outcome.values()) {
            requests.put(outcome, model.requests.getOrDefault(outcome, 0L));
        }
        List<ModelEnergy> energy = new ArrayList<>();
        model.joules.forEach((meter, joules) -> energy.add(new ModelEnergy(
                meter.domain.component(), meter.quality, joules[0], joules[1], facility.liters(joules[0]))));
        double joules = energy.stream().mapToDouble(ModelEnergy::joules).sum();
        return new ModelTotals(
                key,
                ModelFacts.NONE,
                requests,
                model.items,
                model.seconds,
                new TokenTotals(model.tokens, model.cachedTokens, 2 * model.tokens, model.reasoningTokens),
                energy,
                new ModelFootprint(
                        joules * 1.2 / 3.6e6 * 400,
                        joules / 7 * 1.2 / 3.6e6 * 400,
                        joules / 1e5,
                        joules * 8 / 7 * 1.2 / 3.6e6 * marketGramsPerKwh,
                        facility.liters(joules),
                        facility.liters(joules / 7),
                        FacilityUseOf.constant(joules * 8 / 7, facility),
                        trainingGramsPerRequest * model.items),
                joules / 100,
                model.confidence,
                model.remote == null ? RemoteTotals.NONE : model.remote.totals());
    }

    private DomainTotals totals(Meter meter) {
        Map<EnergyReadException.Reason, Long> errors = new EnumMap<>(EnergyReadException.Reason.class);
        for (EnergyReadException.Reason reason : EnergyReadException.Reason.values()) {
            errors.put(reason, 0L);
        }
        return new DomainTotals(
                meter.domain,
                meter.source,
                meter.quality,
                meter.quality == Quality.MEASURED ? "learned" : "cpu_share",
                meter.models + meter.idle + meter.runtime + meter.other + meter.gap,
                meter.models,
                meter.idle,
                meter.runtime,
                meter.other,
                meter.gap,
                0.5,
                watts.getOrDefault(meter.domain, 50.0),
                meter.samples == 0 ? Double.NaN : 0.99,
                0.05,
                meter.samples,
                errors,
                new CounterHealth(1, 0, 0),
                readEpochSeconds,
                0.02,
                meter.speaking,
                "a device",
                Set.of(ReadingFlag.INTEGRATED),
                new ErrorBand(0.58, 2.39),
                new CounterTiming(0.1, 0.03, 0.25));
    }

    public static SettledCall settled(String model, double joules) {
        return settled(ModelKey.of(model), joules, 0, Double.NaN);
    }

    /** @param remoteJoules dynamic; NaN if it asked another machine and that is not known */
    public static SettledCall settled(ModelKey key, double joules, double remoteJoules, double firstTokenSeconds) {
        return new SettledCall(
                key,
                Outcome.OK,
                1_000_000_000L,
                1_250_000_000L,
                1,
                4,
                TokenUsage.NONE,
                joules,
                joules * 1.4,
                remoteJoules,
                new Range(remoteJoules * 0.5, remoteJoules * 1.1, remoteJoules * 2),
                "",
                ComponentJoules.UNKNOWN,
                Footprint.UNKNOWN,
                Tenant.NONE,
                true,
                firstTokenSeconds,
                Quality.MEASURED,
                0,
                0,
                0);
    }

    /** The same call within a trace. */
    public static SettledCall traced(SettledCall call, long traceIdHigh, long traceIdLow, long spanId) {
        return copy(call, call.requests(), call.whole(), traceIdHigh, traceIdLow, spanId);
    }

    /** A call of which only a part is told. */
    public static SettledCall notWhole(SettledCall call, long requests) {
        return copy(call, requests, false, 0, 0, 0);
    }

    private static SettledCall copy(
            SettledCall call, long requests, boolean whole, long traceIdHigh, long traceIdLow, long spanId) {
        return new SettledCall(
                call.key(),
                call.outcome(),
                call.beginNanos(),
                call.endNanos(),
                requests,
                call.units(),
                call.tokens(),
                call.joules(),
                call.joulesWithIdle(),
                call.remoteJoules(),
                call.remoteBand(),
                call.remoteMethod(),
                call.byComponent(),
                call.footprint(),
                call.tenant(),
                whole,
                call.firstTokenSeconds(),
                call.quality(),
                traceIdHigh,
                traceIdLow,
                spanId);
    }
}
