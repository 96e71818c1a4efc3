package io.inferwatt.exporters.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.exporters.AgentFigures;
import io.inferwatt.exporters.Snapshots;
import io.micrometer.common.util.internal.logging.InternalLogger;
import io.micrometer.common.util.internal.logging.InternalLoggerFactory;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicrometerLogTest {

    @Test
    void sendTo_beforeTheFirstRegistry_leavesTheLogManagerOfTheApplicationAlone() throws Exception {
        // A JVM that starts java.util.logging complains at once that this log manager does not exist.
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.util.logging.manager=no.such.LogManager",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Quiet.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(java.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output.lines())
                .containsExactly("micrometer: [clash of {} and {}, a, b]", "true false true false", "series: true");
    }

    /** Run by the test above. */
    static final class Quiet {

        public static void main(String[] arguments) {
            MicrometerLog.sendTo(System.out::println);
            InternalLogger log = InternalLoggerFactory.getInstance("test");
            log.info("nobody wants to know");
            log.warn("clash of {} and {}", "a", "b");
            System.out.println(log.isWarnEnabled() + " " + log.isDebugEnabled() + " " + log.isErrorEnabled() + " "
                    + log.isInfoEnabled());
            PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            new InferenceEnergyMetrics(Snapshots.ofHost(1)::now, 16, AgentFigures.ofLibrary("1", "h")).bindTo(registry);
            System.out.println("series: " + registry.scrape().contains("inferwatt_pue_ratio"));
        }
    }
}
