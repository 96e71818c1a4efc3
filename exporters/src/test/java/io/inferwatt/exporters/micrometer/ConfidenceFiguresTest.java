package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.report.MeterSnapshot.Confidence;
import io.inferwatt.core.report.MeterSnapshot.ModelTotals;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Exposition;
import io.inferwatt.exporters.Snapshots;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConfidenceFiguresTest {

    private static final String RATIO = "inferwatt_model_uncertainty_ratio";
    private static final String FLAGS = "inferwatt_model_flags";
    private static final String GROUP = "inferwatt_model_group_uncertainty_ratio";

    private final Snapshots ledger = Snapshots.ofHost(11);
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private InferenceEnergyMetrics bound(int maxModels) {
        InferenceEnergyMetrics metrics =
                new InferenceEnergyMetrics(ledger::now, maxModels, AgentFigures.ofLibrary("1.2.3", "machine-1"));
        metrics.bindTo(registry);
        return metrics;
    }

    private Exposition scrape(int maxModels) {
        bound(maxModels);
        return new Exposition(registry.scrape());
    }

    private ConfidenceFiguresTest sure(String model, String operation, double ratio) {
        return grouped(model, operation, ratio, ratio);
    }

    private ConfidenceFiguresTest grouped(
            String model, String operation, double ratio, double groupRatio, ModelKey... group) {
        ledger.call(model, operation, Outcome.OK)
                .confidence(model, operation, new Confidence(ratio, List.of(group), groupRatio));
        return this;
    }

    private double joules(String model, String operation) {
        return ledger.now().models().stream()
                .filter(totals -> totals.key().equals(new ModelKey(model, operation)))
                .mapToDouble(ModelTotals::joules)
                .sum();
    }

    @Test
    void knownConfidence_hasItsRatioAndBothFlags_butNoGroup() {
        Exposition scrape =
                sure("minilm", "inference", 0.04).sure("bge", "inference", 0.3).scrape(16);
        assertThat(scrape.sum(RATIO, "model", "minilm")).isEqualTo(0.04);
        assertThat(scrape.samples(FLAGS)).hasSize(4);
        assertThat(scrape.sum(FLAGS, "model", "minilm")).isZero();
        assertThat(scrape.sum(FLAGS, "model", "bge", "flag", "weak")).isEqualTo(1);
        assertThat(scrape.sum(FLAGS, "flag", "collinear")).isZero();
        assertThat(scrape.samples(GROUP)).isEmpty();
    }

    @Test
    void unknownConfidence_hasNoSeriesAtAll() {
        Exposition scrape = sure("minilm", "inference", Double.NaN)
                .sure("bge", "inference", Double.POSITIVE_INFINITY)
                .sure("gte", "inference", -0.1)
                .scrape(16);
        assertThat(scrape.names()).doesNotContain(RATIO, FLAGS, GROUP);
        assertThat(scrape.sum("inferwatt_requests_total")).isEqualTo(3);
    }

    @Test
    void confidenceThatIsLost_takesItsSeriesAway() {
        sure("minilm", "inference", 0.04);
        InferenceEnergyMetrics metrics = bound(16);
        assertThat(new Exposition(registry.scrape()).names()).contains(RATIO, FLAGS);
        ledger.confidence("minilm", "inference", Confidence.UNKNOWN);
        metrics.refresh();
        assertThat(new Exposition(registry.scrape()).names()).doesNotContain(RATIO, FLAGS);
    }

    @Test
    void collinearModels_shareAGroupNamedAfterTheFirst() {
        ModelKey[] group = {ModelKey.of("minilm"), ModelKey.of("bge")};
        Exposition scrape = grouped("minilm", "inference", 0.5, 0.02, group)
                .grouped("bge", "inference", 0.2, 0.02, group)
                .sure("alone", "inference", 0.1)
                .scrape(16);
        assertThat(scrape.samples(GROUP))
                .extracting(sample ->
                        sample.labels().get("model") + " in " + sample.labels().get("group") + " " + sample.value())
                .containsExactlyInAnyOrder("minilm in minilm 0.02", "bge in minilm 0.02");
        assertThat(scrape.sum(RATIO, "model", "minilm")).isEqualTo(0.5);
        assertThat(scrape.sum(FLAGS, "flag", "collinear")).isEqualTo(2);
        assertThat(scrape.sum(FLAGS, "model", "alone")).isZero();
        assertThat(scrape.sum(FLAGS, "model", "bge", "flag", "weak")).isZero();
    }

    @Test
    void operationsOfAModel_areWeightedByJoules_andOneThatIsUnknownIsWhollyUnsure() {
        Exposition scrape = sure("llama", "chat", 0.1)
                .sure("llama", "inference", 0.2)
                .sure("llama", "rerank", Double.NaN)
                .scrape(16);
        double chat = joules("llama", "chat");
        double inference = joules("llama", "inference");
        double rerank = joules("llama", "rerank");
        assertThat(scrape.samples(RATIO)).hasSize(1);
        assertThat(scrape.sum(RATIO))
                .isCloseTo((0.1 * chat + 0.2 * inference + rerank) / (chat + inference + rerank), within(1e-12));
    }

    @Test
    void operationsThatCannotBeToldApart_areAsSureAsTheirSum() {
        ModelKey[] group = {new ModelKey("llama", "chat"), new ModelKey("llama", "rerank")};
        Exposition scrape = grouped("llama", "chat", 0.9, 0.03, group)
                .grouped("llama", "rerank", 0.9, 0.03, group)
                .scrape(16);
        assertThat(scrape.sum(RATIO)).isCloseTo(0.03, within(1e-12));
        assertThat(scrape.sum(FLAGS)).isZero();
        assertThat(scrape.samples(GROUP)).isEmpty();
    }

    @Test
    void groupMemberFoldedIntoOther_bringsOtherIntoTheGroup() {
        ModelKey[] group = {ModelKey.of("a"), ModelKey.of("c")};
        Exposition scrape = grouped("a", "inference", 0.6, 0.05, group)
                .sure("b", "inference", 0.1)
                .grouped("c", "inference", 0.6, 0.05, group)
                .sure("d", "inference", 0.2)
                .scrape(3);
        double a = joules("a", "inference");
        double c = joules("c", "inference");
        double d = joules("d", "inference");
        assertThat(scrape.samples(GROUP))
                .extracting(sample ->
                        sample.labels().get("model") + " in " + sample.labels().get("group"))
                .containsExactlyInAnyOrder("a in a", "other in a");
        assertThat(scrape.sum(GROUP, "model", "other"))
                .isCloseTo((0.05 * (a + c) + 0.2 * d) / (a + c + d), within(1e-12));
        assertThat(scrape.sum(RATIO, "model", "other")).isCloseTo((0.6 * c + 0.2 * d) / (c + d), within(1e-12));
        assertThat(scrape.sum(FLAGS, "model", "other", "flag", "collinear")).isEqualTo(1);
        assertThat(scrape.sum(FLAGS, "model", "b")).isZero();
    }

    @Test
    void groupsThatShareALabel_areOneGroup_soThatNoModelIsInTwo() {
        ModelKey[] first = {ModelKey.of("a"), ModelKey.of("x")};
        ModelKey[] second = {ModelKey.of("b"), ModelKey.of("y")};
        Exposition scrape = grouped("a", "inference", 0.6, 0.05, first)
                .grouped("b", "inference", 0.6, 0.05, second)
                .grouped("x", "inference", 0.6, 0.05, first)
                .grouped("y", "inference", 0.6, 0.05, second)
                .scrape(3);
        assertThat(scrape.samples(GROUP))
                .extracting(sample ->
                        sample.labels().get("model") + " in " + sample.labels().get("group"))
                .containsExactlyInAnyOrder("a in a", "b in a", "other in a");
        assertThat(scrape.samples(GROUP))
                .allSatisfy(sample -> assertThat(sample.value()).isCloseTo(0.05, within(1e-12)));
    }

    @Test
    void groupWithAMemberThatIsNotInTheSnapshot_isNotTrusted() {
        Exposition scrape = grouped("a", "inference", 0.6, 0.01, ModelKey.of("a"), ModelKey.of("ghost"))
                .scrape(16);
        assertThat(scrape.sum(RATIO)).isEqualTo(0.6);
        assertThat(scrape.samples(GROUP)).isEmpty();
        assertThat(scrape.samples("inferwatt_requests_total"))
                .allMatch(sample -> sample.labels().get("model").equals("a"));
    }

    @Test
    void groupRatioThatIsNoNumber_givesWayToTheModelsOwn() {
        ModelKey[] group = {ModelKey.of("a"), ModelKey.of("b")};
        Exposition scrape = grouped("a", "inference", 0.4, Double.NaN, group)
                .grouped("b", "inference", 0.4, Double.POSITIVE_INFINITY, group)
                .scrape(16);
        assertThat(scrape.samples(GROUP))
                .hasSize(2)
                .allSatisfy(sample -> assertThat(sample.value()).isCloseTo(0.4, within(1e-12)));
    }

    @Test
    void whateverTheKeysSay_labelsAreFewRatiosAreNumbersAndEachModelIsInOneGroup() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            double[] ratios = {0, 0.01, 0.3, 5, Double.NaN, Double.POSITIVE_INFINITY, -1};
            ConfidenceFiguresTest test = new ConfidenceFiguresTest();
            for (int i = 0; i < 12; i++) {
                ModelKey[] group = new ModelKey[random.nextInt(4)];
                for (int member = 0; member < group.length; member++) {
                    group[member] = new ModelKey("model-" + random.nextInt(9), "op-" + random.nextInt(3));
                }
                test.grouped(
                        "model-" + random.nextInt(9),
                        "op-" + random.nextInt(3),
                        ratios[random.nextInt(ratios.length)],
                        ratios[random.nextInt(ratios.length)],
                        group);
            }
            int maxModels = 1 + random.nextInt(6);
            Exposition scrape = test.scrape(maxModels);
            for (String name : List.of(RATIO, FLAGS, GROUP)) {
                assertThat(scrape.samples(name))
                        .as("%s, seed %d", name, seed)
                        .allSatisfy(sample -> assertThat(sample.value()).isBetween(0.0, 5.0));
            }
            assertThat(scrape.samples(RATIO)).hasSizeLessThanOrEqualTo(maxModels);
            assertThat(scrape.samples(FLAGS)).hasSize(2 * scrape.samples(RATIO).size());
            assertThat(scrape.samples(GROUP))
                    .extracting(sample -> sample.labels().get("model"))
                    .doesNotHaveDuplicates();
        }
    }
}
