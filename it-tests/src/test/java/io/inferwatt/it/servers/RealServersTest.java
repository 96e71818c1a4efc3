package io.inferwatt.it.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The servers themselves: that they start beside each other, answer, go on after a restart, and end with who started them. */
class RealServersTest {

    @TempDir
    Path folder;

    @Test
    void prometheus_scrapesAPushgateway_andKnowsItAllAfterARestart() throws Exception {
        Servers.assumeInstalled(RealServer.PROMETHEUS, RealServer.PUSHGATEWAY);
        try (Pushgateway gateway = Pushgateway.start(folder.resolve("gateway"))) {
            PrometheusConfig config = PrometheusConfig.every("1s").scrape("gateway", gateway.address());
            Path own = folder.resolve("prometheus");
            double first;
            try (Prometheus prometheus = Prometheus.start(own, config)) {
                prometheus.await(
                        "the target",
                        "up{job=\"gateway\"}",
                        up -> up.size() == 1 && up.get(0).value() == 1);
                first = prometheus
                        .query("timestamp(min_over_time(up[1m]))")
                        .get(0)
                        .value();
                assertThat(prometheus.targets().get(0).get("health").asText()).isEqualTo("up");
                assertThat(prometheus.sum("count(up) + 1")).isEqualTo(2);
                assertThat(prometheus.own("process_resident_memory_bytes")).isPositive();
            }
            try (Prometheus again = Prometheus.start(own, config)) {
                assertThat(again.query("up").get(0).label("job")).isEqualTo("gateway");
                assertThat(again.query("up[5m]").get(0).points().get(0).seconds())
                        .isLessThanOrEqualTo(first);
                again.reload(PrometheusConfig.every("1s"));
                assertThatThrownBy(() -> again.query("sum("))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("parse");
            }
            assertThat(gateway.groups()).isEmpty();
        }
    }

    @Test
    void serverThatDoesNotStart_isToldWithItsLastLines() {
        Servers.assumeInstalled(RealServer.ALERTMANAGER);
        assertThatThrownBy(() -> Alertmanager.start(folder, "route: nonsense\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("prometheus-alertmanager")
                .hasMessageContaining("cannot unmarshal");
    }

    /** A JVM that is killed can clean up nothing. */
    @Test
    void server_isGoneWhenTheJvmThatStartedItIsKilled() throws Exception {
        Servers.assumeInstalled(RealServer.PUSHGATEWAY);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process owner = new ProcessBuilder(java, "-cp", classPath, Starter.class.getName(), folder.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String line = owner.inputReader().readLine();
            ProcessHandle server = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
            assertThat(server.isAlive()).isTrue();
            owner.destroyForcibly();
            server.onExit().get(60, TimeUnit.SECONDS);
        } finally {
            owner.descendants().forEach(ProcessHandle::destroyForcibly);
            owner.destroyForcibly();
        }
    }

    /** Starts a server, tells its process id and waits for ever. */
    static final class Starter {

        private Starter() {}

        public static void main(String[] arguments) throws IOException {
            ServerRun run = ServerRun.start(
                    RealServer.PUSHGATEWAY, Path.of(arguments[0]), List.of("--web.listen-address=127.0.0.1:0"));
            System.out.println(run.pid());
            while (System.in.read() >= 0) {
                // until it is killed
            }
        }
    }
}
