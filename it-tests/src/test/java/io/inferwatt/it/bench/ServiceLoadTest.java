package io.inferwatt.it.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real connections to a server of the test's own. */
class ServiceLoadTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicInteger answered = new AtomicInteger();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        workers.shutdownNow();
    }

    @Test
    void closedLoop_countsTheAnswersOfAllConnections() throws Exception {
        ServiceLoad load = load(exchange -> answer(exchange, 200));

        ServiceLoad.Answers answers = load.closedLoop(2, Duration.ofMillis(300));

        assertThat(answers.count()).isPositive().isEqualTo(answered.get());
        assertThat(answers.perSecond()).isEqualTo(answers.count() / answers.seconds());
    }

    @Test
    void openLoop_asksAsOftenAsItWasTold() throws Exception {
        ServiceLoad load = load(exchange -> answer(exchange, 200));

        assertThat(load.openLoop(40, SECOND).size()).isEqualTo(40).isEqualTo(answered.get());
    }

    /** All requests, more than there are connections, are due within a second of the first; it is answered after 1.6 seconds. */
    @Test
    void openLoop_whileTheServiceStalls_countsTheWaitOfRequestsThatCouldNotEvenBeSent() throws Exception {
        AtomicLong first = new AtomicLong();
        ServiceLoad load = load(exchange -> {
            first.compareAndSet(0, System.nanoTime());
            long resumes = first.get() + Duration.ofMillis(1_600).toNanos();
            while (System.nanoTime() - resumes < 0) {
                LockSupport.parkNanos(resumes - System.nanoTime());
            }
            answer(exchange, 200);
        });

        Figures millis = load.openLoop(100, SECOND);

        assertThat(millis.size()).isEqualTo(100);
        assertThat(millis.quantile(0)).as("the shortest wait").isGreaterThan(600);
    }

    @Test
    void answer_otherThan200_endsTheLoad() throws Exception {
        ServiceLoad load = load(exchange -> answer(exchange, 503));

        assertThatThrownBy(() -> load.closedLoop(1, SECOND))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("503");
    }

    private ServiceLoad load(HttpHandler handler) {
        server.createContext("/ask", handler);
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ask");
        return new ServiceLoad(address, new PreparedRequests(address, "model"));
    }

    /** Longer than what a connection reads at once. */
    private void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        answered.incrementAndGet();
        byte[] body = "vector ".repeat(5_000).getBytes(UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
