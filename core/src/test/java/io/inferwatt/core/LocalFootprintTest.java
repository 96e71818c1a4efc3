package io.inferwatt.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.CarbonIntensity;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.MeterSnapshot.ModelEnergy;
import io.inferwatt.core.report.ModelFootprint;
import io.inferwatt.core.testservers.RawServer;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole meter with servers and regions that it is told of. */
class LocalFootprintTest {

    private static InferwattConfig config(String settings) {
        ConfigLoader.Loaded loaded = ConfigLoader.load(settings, Map.of(), Map.of());
        assertThat(loaded.problems()).isEmpty();
        return loaded.config();
    }

    @Test
    @Timeout(30)
    void liveSource_isInForceOnceItAnswersAndTheTableBefore() {
        CountDownLatch gate = new CountDownLatch(1);
        try (WireServer server = new WireServer()) {
            server.answer(Reply.json("{\"gramsPerKwh\":12.5,\"zone\":\"KR\"}").heldBy(gate));
            try (EnergyMeter meter = EnergyMeter.start(
                    config("carbon.source=file,carbon.zone=KR,carbon.url=" + server.address() + "/grid"),
                    new Calls())) {
                assertThat(meter.snapshot().intensity().source()).isEqualTo("table");
                assertThat(meter.findings()).anySatisfy(line -> assertThat(line).contains("has told no figure yet"));
                gate.countDown();
                MeterSnapshot snapshot = meter.snapshot();
                while (!snapshot.intensity().source().equals("file")) {
                    Thread.onSpinWait();
                    snapshot = meter.snapshot();
                }
                assertThat(snapshot.intensity().gramsPerKwh()).isEqualTo(12.5);
                CarbonIntensity.Feed feed = snapshot.intensity().feed();
                assertThat(feed).isNotNull();
                assertThat(feed.ageSeconds()).isNotNegative();
                assertThat(meter.findings())
                        .anySatisfy(line -> assertThat(line).contains("12.5 g CO2e/kWh of zone KR"));
            }
        }
    }

    @Test
    @Timeout(30)
    void serverThatSaysNothing_neitherHoldsTheStartNorTheEnd() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        try (RawServer server = RawServer.silent();
                EnergyMeter meter = EnergyMeter.start(
                        config("carbon.source=uk,carbon.url=" + server.uri()), new Calls(), warnings::add)) {
            assertThat(meter.snapshot().intensity().zone()).isEqualTo("GB");
            assertThat(meter.snapshot().intensity().source()).isEqualTo("table");
        }
        assertThat(warnings).isEmpty();
    }

    @Test
    @Timeout(30)
    void metadata_bringsTheRegionWhileTheMeterRuns() {
        try (WireServer cloud = new WireServer()) {
            // This is not AWS, which is asked first.
            cloud.answer(
                    Reply.json(404, ""),
                    Reply.bytes("text/plain", List.of("projects/1/zones/europe-west1-b".getBytes(UTF_8))));
            System.setProperty("inferwatt.internal.metadata.address", cloud.address());
            try (EnergyMeter meter = EnergyMeter.start(config("carbon.region=metadata,carbon.zone=KR"), new Calls())) {
                MeterSnapshot snapshot = meter.snapshot();
                while (!snapshot.intensity().zone().equals("europe-west1")) {
                    Thread.onSpinWait();
                    snapshot = meter.snapshot();
                }
                assertThat(snapshot.facility().source()).isEqualTo("region");
                assertThat(snapshot.facility().isWaterKnown()).isTrue();
            } finally {
                System.clearProperty("inferwatt.internal.metadata.address");
            }
            assertThat(cloud.requests())
                    .extracting(request -> request.method() + " " + request.uri())
                    .containsExactly("PUT /latest/api/token", "GET /computeMetadata/v1/instance/zone");
        }
    }

    @Test
    void survey_asksNobody() {
        try (WireServer server = new WireServer()) {
            EnergyMeter.MachineSurvey survey = EnergyMeter.survey(
                    config("carbon.source=uk,carbon.region=metadata,carbon.url=" + server.address()),
                    Duration.ofMillis(100));
            assertThat(survey.footprint())
                    .anySatisfy(line -> assertThat(line).startsWith("carbon.source=uk: "))
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("while it tells none: grid carbon intensity: ")
                            .contains("zone GB"))
                    .anySatisfy(line -> assertThat(line).startsWith("PUE: "))
                    .anySatisfy(line -> assertThat(line).startsWith("water: "))
                    .anySatisfy(line -> assertThat(line).startsWith("embodied: "));
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void sourceThatCannotBeAsked_isToldAtTheStart() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        EnergyMeter.start(config("carbon.source=watttime,carbon.region=aws/atlantis"), new Calls(), warnings::add)
                .close();
        assertThat(warnings)
                .anySatisfy(line -> assertThat(line).startsWith("carbon.source=watttime: carbon.zone is not set"))
                .anySatisfy(line -> assertThat(line).startsWith("carbon.region: 'aws/atlantis' is not allowed"))
                .hasSize(2);
    }

    @Test
    void callsInACloudRegion_haveGramsLitresAndTheirPartOfTheMachine() {
        Calls calls = new Calls();
        EnergyMeter meter = EnergyMeter.start(config("carbon.region=aws/us-east-1,carbon.market_intensity=0"), calls);
        int key = calls.key(ModelKey.of("net"));
        for (int i = 0; i < 20; i++) {
            InferenceCall call = calls.start("test", key, 1);
            long end = System.nanoTime() + 10_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            calls.finish(call, Outcome.OK);
        }
        meter.close();

        MeterSnapshot snapshot = meter.snapshot();
        ModelFootprint footprint = snapshot.models().get(0).footprint();
        double joules = snapshot.models().get(0).joules();
        assertThat(snapshot.facility().source()).isEqualTo("region");
        assertThat(footprint.dynamicGrams()).isCloseTo(joules * 1.15 / 3.6e6 * 327.17, within(1e-9));
        assertThat(footprint.embodiedGrams()).isPositive();
        assertThat(footprint.marketGrams()).isZero();
        assertThat(footprint.dynamicLiters())
                .isCloseTo(snapshot.facility().liters(joules), within(1e-9))
                .isCloseTo(
                        snapshot.models().get(0).energy().stream()
                                .mapToDouble(ModelEnergy::liters)
                                .sum(),
                        within(1e-12));
    }
}
