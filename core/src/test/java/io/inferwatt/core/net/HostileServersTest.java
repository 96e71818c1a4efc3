package io.inferwatt.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.fuzz.Fuzz;
import io.inferwatt.core.fuzz.HostileServer;
import io.inferwatt.core.fuzz.OneLine;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that answer what they should not, over real connections. Each request ends, and nothing of it stays. */
@Timeout(3600)
class HostileServersTest {

    private static final int LARGEST_BODY = 5 << 20;
    private static final Duration SHORT = Duration.ofMillis(150);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Test
    void answers() throws IOException {
        try (HostileServer server = new HostileServer()) {
            Fuzz.of("answers of servers", 120).run(mangler -> {
                server.answerBy(mangler, "{\"carbonIntensity\": 302}");
                HttpRequest request = mangler.onceIn(2)
                        ? HttpRequest.get(server.uri()).with("auth-token", "s3cr3t")
                        : HttpRequest.post(server.uri(), "text/plain", "figures");
                try {
                    HttpAnswer answer = request.send(SHORT);
                    assertThat(answer.body().length()).isLessThan(LARGEST_BODY);
                    assertThat(answer.retryAfterSeconds()).isNotNegative();
                } catch (IOException e) {
                    OneLine.check(List.of("" + e.getMessage()));
                    assertThat(e).hasMessageNotContaining("s3cr3t");
                }
            });
            server.answerWell("{}");
            awaitNoThread();
            assertThat(HttpRequest.get(server.uri()).send(LONG).body()).isEqualTo("{}");
        }
        awaitNoThread();
    }

    private static void awaitNoThread() {
        long begin = System.nanoTime();
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals("inferwatt-net"))) {
            assertThat(System.nanoTime() - begin).as("a request hangs").isLessThan(TimeUnit.SECONDS.toNanos(60));
            LockSupport.parkNanos(10_000_000);
        }
    }

    @Test
    void addresses() {
        Fuzz.of("addresses that nobody can be asked at", 60).run(mangler -> {
            URI uri;
            try {
                uri = new URI(mangler.oneOf("http", "https", "file", "ftp", "jar", "mailto") + "://127.0.0.1:1/"
                        + mangler.bit().strip());
            } catch (URISyntaxException none) {
                return;
            }
            try {
                HttpAnswer answer = HttpRequest.get(uri).send(SHORT);
                assertThat(answer.status()).as("who answers?").isNegative();
            } catch (IOException e) {
                OneLine.check(List.of("" + e.getMessage()));
            }
        });
    }
}
