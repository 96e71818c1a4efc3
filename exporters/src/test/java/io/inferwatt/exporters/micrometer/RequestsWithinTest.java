package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.exporters.Snapshots;
import io.inferwatt.exporters.micrometer.EnergyHistograms.EnergyHistogram;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class RequestsWithinTest {

    /** As the registry of an application that Prometheus scrapes shows them. */
    @Test
    void counters_inARegistryOfPrometheus_readLikeTheBucketsOfAHistogram() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        RequestsWithin within = new RequestsWithin(new double[] {.001, .1, 5});
        within.register(registry, Tags.of("model", "minilm"));
        for (double joules : new double[] {0, .001, .0011, .1, 4, 6, Double.MAX_VALUE}) {
            within.record(joules);
        }

        assertThat(registry.scrape().lines().filter(line -> !line.startsWith("#")))
                .containsExactlyInAnyOrder(
                        "inferwatt_requests_within_total{le=\"0.001\",model=\"minilm\"} 2.0",
                        "inferwatt_requests_within_total{le=\"0.1\",model=\"minilm\"} 4.0",
                        "inferwatt_requests_within_total{le=\"5.0\",model=\"minilm\"} 5.0",
                        "inferwatt_requests_within_total{le=\"+Inf\",model=\"minilm\"} 7.0");
        within.record(.01); // also keeps the counters alive until here
        assertThat(registry.scrape()).contains("{le=\"0.1\",model=\"minilm\"} 5.0");
    }

    /** Of two of one name a registry keeps the first; what counts must go there. */
    @Test
    void histogramThatIsAskedForAgain_countsInTheCountersThatAreRegistered() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Tags tags = Tags.of("model", "minilm");
        EnergyHistograms histograms = EnergyHistograms.in(registry);
        histograms.of(tags);
        System.gc(); // what was made before is held by nothing else
        EnergyHistogram again = histograms.of(tags);
        again.record(.05, Snapshots.settled("minilm", .05));

        assertThat(registry.get("inferwatt.requests.within")
                        .tag("le", "0.1")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
        again.record(.05, Snapshots.settled("minilm", .05)); // keeps them alive until here
    }
}
