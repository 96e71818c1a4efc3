package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Exposition;
import io.inferwatt.exporters.Snapshots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Settled calls that asked another machine, or were streamed. */
class RemoteCallMetersTest {

    private static final Offset<Double> ROUNDING = within(1e-9);
    private static final ModelKey GPT = ModelKey.remote("gpt-4o", "chat");
    private static final String COUNT = "inferwatt_time_to_first_token_seconds_count";

    private final Snapshots ledger = Snapshots.ofHost(1);
    private final InferenceEnergyMetrics metrics =
            new InferenceEnergyMetrics(ledger::now, 16, AgentFigures.ofLibrary("1.2.3", "machine-1"));
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    private Exposition scrape() {
        metrics.bindTo(registry);
        metrics.refresh();
        return new Exposition(registry.scrape());
    }

    @Test
    void callThatAskedAnotherMachine_isItsJoulesHereAndThere() {
        scrape();
        metrics.settled(Snapshots.settled(GPT, 0.5, 450, Double.NaN));
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_request_energy_joules_sum", "model", "gpt-4o", "operation", "chat"))
                .isCloseTo(450.5, ROUNDING);
        assertThat(scrape.sum("inferwatt_request_energy_joules_bucket", "le", "100.0"))
                .isZero();
        assertThat(scrape.sum("inferwatt_request_energy_joules_bucket", "le", "500.0"))
                .isEqualTo(1);
    }

    @Test
    void callWhosePartElsewhereIsNotKnown_isNoFigureAndKeepsItsDuration() {
        scrape();
        metrics.settled(Snapshots.settled(GPT, 0.5, Double.NaN, Double.NaN));
        metrics.settled(Snapshots.settled(GPT, 0.5, -1, Double.NaN));
        metrics.settled(Snapshots.settled(GPT, -1, 450, Double.NaN));
        metrics.settled(Snapshots.settled(GPT, 0.5, Double.POSITIVE_INFINITY, Double.NaN));
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_request_energy_joules_count")).isZero();
        assertThat(scrape.sum("inferwatt_request_duration_seconds_count")).isEqualTo(4);
        assertThat(scrape.sum("inferwatt_dropped_calls_total", "reason", "no_figure"))
                .isEqualTo(4);
    }

    @Test
    void partToldApart_isNoRequest_andItsRequestHasNoFigure() {
        scrape();
        metrics.settled(Snapshots.notWhole(Snapshots.settled(GPT, 0, 450, Double.NaN), 0));
        metrics.settled(Snapshots.notWhole(Snapshots.settled(GPT, 0.5, 0, Double.NaN), 1));
        Exposition scrape = scrape();
        assertThat(scrape.sum("inferwatt_request_energy_joules_count")).isZero();
        assertThat(scrape.sum("inferwatt_request_duration_seconds_count")).isEqualTo(1);
        assertThat(scrape.sum("inferwatt_dropped_calls_total", "reason", "no_figure"))
                .isEqualTo(1);
    }

    @Test
    void firstToken_isRecordedWhereTold() {
        ledger.books(GPT);
        assertThat(scrape().sum(COUNT, "model", "gpt-4o")).isZero();
        assertThat(scrape().samples(COUNT)).hasSize(1);
        metrics.settled(Snapshots.settled(GPT, 0.5, 450, 0.125));
        metrics.settled(Snapshots.settled(GPT, 0.5, 450, 0.25));
        metrics.settled(Snapshots.settled(GPT, 0.5, 450, Double.NaN));
        Exposition scrape = scrape();
        assertThat(scrape.sum(COUNT, "model", "gpt-4o", "operation", "chat")).isEqualTo(2);
        assertThat(scrape.sum("inferwatt_time_to_first_token_seconds_sum")).isCloseTo(0.375, ROUNDING);
        assertThat(scrape.sum("inferwatt_time_to_first_token_seconds_max")).isCloseTo(0.25, ROUNDING);
        assertThat(scrape.type("inferwatt_time_to_first_token_seconds")).isEqualTo("summary");
    }

    @Test
    void firstToken_ofAModelComputedHere_opensTheSeriesInAllRegistriesLaterOnesToo() {
        SimpleMeterRegistry before = new SimpleMeterRegistry();
        metrics.bindTo(before);
        metrics.settled(Snapshots.settled("never-streamed", 3));
        metrics.settled(Snapshots.settled(ModelKey.of("streamed"), 3, 0, 0.125));
        assertThat(before.get("inferwatt.time.to.first.token").timers()).hasSize(1);
        assertThat(before.get("inferwatt.time.to.first.token")
                        .tag("model", "streamed")
                        .timer()
                        .totalTime(TimeUnit.SECONDS))
                .isCloseTo(0.125, ROUNDING);

        assertThat(scrape().samples(COUNT)).hasSize(1);
        metrics.settled(Snapshots.settled(ModelKey.of("streamed"), 3, 0, 0.5));
        assertThat(scrape().sum(COUNT)).isEqualTo(1);
        assertThat(before.get("inferwatt.time.to.first.token").timer().count()).isEqualTo(2);
    }
}
