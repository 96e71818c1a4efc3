package io.inferwatt.core.report.disclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.EnergyMeter;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.facade.TenantScope;
import io.inferwatt.core.footprint.Footprint;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.SettledCall;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disclosure of a real meter that has metered local and remote models for tenants. */
class MeteredDisclosureTest {

    private static final Disclosure.About ABOUT =
            new Disclosure.About("shop", "host", "1.0", "running JVM", "", "2026-11-30T10:00:00Z");
    private static final Disclosure.Period PERIOD =
            new Disclosure.Period("2026-11-30T09:00:00Z", "2026-11-30T10:00:00Z", 3600);

    @TempDir
    Path folder;

    private final Calls calls = new Calls();
    private final List<SettledCall> settled = new CopyOnWriteArrayList<>();
    private final AtomicLong tenant = new AtomicLong();
    private List<String> findings = List.of();

    private static void work(long millis) {
        long end = System.nanoTime() + millis * 1_000_000;
        double sum = 0;
        while (System.nanoTime() < end) {
            sum += Math.sqrt(sum + 1);
        }
        assertThat(sum).isPositive();
    }

    private void local(String model, long millis) {
        InferenceCall call = calls.start("onnxruntime", calls.key(ModelKey.of(model)), 2);
        work(millis);
        calls.finish(call, Outcome.OK);
    }

    private void remote(String model, long output) {
        RemoteTarget target = new RemoteTarget("openai-java", "openai", "api.openai.com", "", model, Work.TEXT, "");
        InferenceCall call = calls.start("openai-java", calls.key(ModelKey.remote(model, "chat")), 1);
        call.asks(calls.target(target));
        call.tokens(100, TokenUsage.UNKNOWN, output, TokenUsage.UNKNOWN);
        calls.finish(call, Outcome.OK);
    }

    private MeterSnapshot metered() {
        return metered("1313");
    }

    private MeterSnapshot metered(String serverKilograms) {
        InferwattConfig config = ConfigLoader.load(
                        null,
                        Map.ofEntries(
                                Map.entry("inferwatt.embodied.server_kg", serverKilograms),
                                Map.entry("inferwatt.carbon.intensity", "400"),
                                Map.entry("inferwatt.carbon.market_intensity", "50"),
                                Map.entry("inferwatt.facility.pue", "1.2"),
                                Map.entry("inferwatt.facility.wue", "0.5"),
                                Map.entry("inferwatt.facility.ewif", "3"),
                                Map.entry("inferwatt.tenant.labels", "acme"),
                                Map.entry("inferwatt.training.models", "small=1kg/1000requests"),
                                Map.entry(
                                        "inferwatt.export.records.file",
                                        folder.resolve("records").toString())),
                        Map.of())
                .config();
        EnergyMeter meter = EnergyMeter.start(config, calls);
        meter.addListener(settled::add);
        calls.tenants(tenant::get);
        tenant.set(meter.tenants().hash("acme"));
        for (int i = 0; i < 8; i++) {
            local("small", 5);
            local("large", 30);
        }
        tenant.set(meter.tenants().hash("somebody"));
        remote("gpt-4o", 500);
        remote("gpt-4o-mini", 500);
        tenant.set(0);
        remote("nobody-knows-it", 10);
        meter.close();
        findings = meter.findings();
        return meter.snapshot();
    }

    @Test
    void serverThatTheUserSaysCostNothing_isAKnownZero() {
        Disclosure disclosure = SnapshotDisclosure.of(metered("0"), ABOUT, PERIOD, 50, List.of());

        ModelLine small = line(disclosure, "small");
        assertThat(small.local().embodiedGrams()).isZero();
        assertThat(small.embodiedGrams()).isZero();
        assertThat(small.flags()).doesNotContain("embodied_unknown");
        assertThat(settled.get(0).footprint().embodiedGrams()).isZero();
        assertThat(findings)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("embodied: 0.0 g CO2e an hour for the server: 0.0 kg CO2e as configured"));
    }

    /** As who audits it would: with the figures that are printed. */
    @Test
    void gramsAndLitres_followFromThePrintedMeans() {
        Disclosure disclosure = SnapshotDisclosure.of(metered(), ABOUT, PERIOD, 50, List.of());

        for (ModelLine line : disclosure.models()) {
            LocalPart local = line.local();
            assertThat(local.joules() * local.meanPue() / 3.6e6 * local.meanGramsPerKwh())
                    .isCloseTo(local.operationalGrams(), within(1e-12));
            assertThat((local.waterJoules() * local.meanWueLitersPerKwh()
                                    + local.waterBuildingJoules() * local.meanEwifLitersPerKwh())
                            / 3.6e6)
                    .isCloseTo(local.liters(), within(1e-12));
            assertThat(local.meanPue()).isCloseTo(1.2, within(1e-9));
            assertThat(local.meanWueLitersPerKwh()).isCloseTo(0.5, within(1e-9));
            assertThat(local.meanEwifLitersPerKwh()).isCloseTo(3, within(1e-9));
        }
        Total total = disclosure.total();
        assertThat(total.meanPue()).isCloseTo(1.2, within(1e-9));
        assertThat(total.meanGramsPerKwh()).isCloseTo(400, within(1e-6));
        assertThat(total.meanWueLitersPerKwh()).isCloseTo(0.5, within(1e-9));
        assertThat(total.meanEwifLitersPerKwh()).isCloseTo(3, within(1e-9));
    }

    @Test
    void figures_addUp_andFollowFromEachOther() {
        MeterSnapshot snapshot = metered();
        Disclosure disclosure = SnapshotDisclosure.of(snapshot, ABOUT, PERIOD, 50, List.of("a finding"));

        Total total = disclosure.total();
        assertThat(disclosure.models())
                .hasSize(5)
                .isSortedAccordingTo((a, b) -> Double.compare(Known.orZero(b.joules()), Known.orZero(a.joules())));
        assertThat(total.requests()).isEqualTo(19);
        assertThat(total.requestsWithFigure()).isEqualTo(18);
        double ofCalls = settled.stream()
                .mapToDouble(call -> call.joulesWithIdle() + Known.orZero(call.remoteJoulesWithIdle()))
                .sum();
        assertThat(total.joules()).isCloseTo(ofCalls, within(0.05 * ofCalls));
        assertThat(total.localJoules() + total.remoteJoules()).isCloseTo(total.joules(), within(1e-9));
        assertThat(total.kwh()).isEqualTo(total.joules() / 3.6e6);
        assertThat(total.measuredShare() + total.modelledShare() + total.estimatedShare())
                .isCloseTo(1, within(1e-12));
        for (ModelLine line : disclosure.models()) {
            LocalPart local = line.local();
            assertThat(local).as(line.id()).isNotNull();
            assertThat(local.operationalGrams()).isCloseTo(local.joules() * 1.2 / 3.6e6 * 400, within(1e-12));
            assertThat(local.marketGrams()).isCloseTo(local.operationalGrams() / 8, within(1e-12));
            assertThat(local.embodiedGrams()).isPositive();
        }
        ModelLine small = line(disclosure, "small");
        assertThat(small.sciGramsPerRequest())
                .isCloseTo((small.operationalGrams() + small.embodiedGrams()) / 8, within(1e-12));
        assertThat(small.joulesPerItem()).isCloseTo(small.joules() / 16, within(1e-9));
        assertThat(small.liters()).isCloseTo(small.joules() / 3.6e6 * (0.5 + 1.2 * 3), within(1e-12));
        assertThat(small.trainingGrams()).isCloseTo(8, within(1e-9));
        ModelLine gpt = line(disclosure, "gpt-4o");
        assertThat(gpt.low()).isLessThan(gpt.joules());
        assertThat(gpt.high()).isGreaterThan(gpt.joules());
        assertThat(gpt.estimatedShare()).isGreaterThan(0.9);
        assertThat(gpt.sciGramsPerThousandTokens())
                .isCloseTo((gpt.operationalGrams() + Known.orZero(gpt.embodiedGrams())) / 0.6, within(1e-9));

        for (Disclosure.HostPart part : disclosure.host()) {
            assertThat(part.models() + part.idle() + part.runtime() + part.other() + part.gap())
                    .isCloseTo(part.joules(), within(1e-9 * part.joules()));
        }
        assertThat(disclosure.notKnown().requestsWithoutFigure()).isEqualTo(1);
        assertThat(disclosure.equivalences()).isNotEmpty().allMatch(thing -> thing.count() > 0);
        assertThat(disclosure.formulas()).isNotEmpty();
        assertThat(disclosure.boundary().energy()).isEqualTo("with_idle");
        assertThat(disclosure.factors().grid().gramsPerKwh()).isEqualTo(400);
        assertThat(disclosure.factors().places()).hasSize(1);
        assertThat(disclosure.meters()).isNotEmpty();
    }

    @Test
    void smallAgainstLarge_saysWhatWouldHaveBeenSaved() {
        Disclosure disclosure = SnapshotDisclosure.of(metered(), ABOUT, PERIOD, 50, List.of());

        Comparison local = disclosure.comparisons().stream()
                .filter(pair -> pair.operation().equals("inference"))
                .findFirst()
                .orElseThrow();
        assertThat(local.from()).startsWith("large/");
        assertThat(local.to()).startsWith("small/");
        assertThat(local.items()).isEqualTo(16);
        assertThat(local.joulesSaved())
                .isCloseTo(16 * (local.fromJoulesPerItem() - local.toJoulesPerItem()), within(1e-9));
        assertThat(disclosure.comparisons())
                .anyMatch(pair -> pair.operation().equals("chat") && pair.from().startsWith("gpt-4o/"));
    }

    @Test
    void tenants_areThoseOnTheList_othersAndNobody() {
        Disclosure disclosure = SnapshotDisclosure.of(metered(), ABOUT, PERIOD, Double.NaN, List.of());

        Tenants tenants = disclosure.tenants();
        assertThat(tenants.lines()).extracting(Tenants.Line::name).containsExactly("acme", "other", "none");
        assertThat(tenants.lines()).extracting(Tenants.Line::requests).containsExactly(16.0, 2.0, 1.0);
        assertThat(tenants.lines().get(2).unknownRequests()).isEqualTo(1);
        assertThat(tenants.lines().stream().mapToDouble(Tenants.Line::share).sum())
                .isCloseTo(1, within(1e-9));
        assertThat(tenants.different()).isEqualTo(2);
        assertThat(tenants.heaviest()).hasSize(2);
    }

    @Test
    void callsCarryTheirFootprint_byComponent_ofTheirTenant() {
        metered();
        SettledCall local = settled.get(0);
        Footprint footprint = local.footprint();
        assertThat(footprint.operationalGrams()).isCloseTo(local.joulesWithIdle() * 1.2 / 3.6e6 * 400, within(1e-12));
        assertThat(footprint.grams()).isEqualTo(footprint.operationalGrams() + footprint.embodiedGrams());
        assertThat(local.tenant().name()).isEqualTo("acme");
        double components = local.byComponent().cpu()
                + local.byComponent().dram()
                + local.byComponent().gpu()
                + local.byComponent().other();
        assertThat(components).isCloseTo(local.joulesWithIdle(), within(1e-9));
        try (TenantScope none = TenantScope.enter("somebody")) {
            assertThat(none).as("without an agent one object for all").isSameAs(TenantScope.enter("else"));
        }
    }

    private static ModelLine line(Disclosure disclosure, String model) {
        return disclosure.models().stream()
                .filter(line -> line.model().equals(model))
                .findFirst()
                .orElseThrow();
    }
}
