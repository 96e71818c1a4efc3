package io.inferwatt.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.net.Background;
import io.inferwatt.core.report.BudgetKind;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebhookTest {

    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(1), Duration.ofMillis(2));
    private static final BudgetCrossing CROSSING = new BudgetCrossing(
            "team-a", BudgetKind.CO2E, 80, 4.25, 5, 1_764_457_200, 1.7645436E9, "Europe/Berlin", "80 % \"reached\"\n");

    private final WireServer server = new WireServer();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Background background = new Background(thread -> {}, lines::add);

    @AfterEach
    void end() {
        background.close();
        server.close();
    }

    private Webhook webhook(String url) {
        return Webhook.of(url, background, PAUSES, Duration.ofSeconds(5), lines::add);
    }

    private void awaitRequests(int count) {
        while (server.requests().size() < count) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private String line() throws InterruptedException {
        return lines.poll(50, TimeUnit.SECONDS);
    }

    /** What comes after it on the one thread of the background has seen its end. */
    private void awaitBackground() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        background.once("end", Duration.ZERO, done::countDown);
        done.await();
    }

    @Test
    void crossing_isPostedAsJson() throws Exception {
        server.answer(Reply.json("{}"));
        Webhook webhook = webhook(server.address() + "/hook/s%2Fecret?token=t");
        webhook.tell(CROSSING, "shop");
        awaitRequests(1);
        awaitBackground();

        WireServer.Request request = server.requests().get(0);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.uri()).hasToString("/hook/s%2Fecret?token=t");
        assertThat(request.headers().get("Content-type")).containsExactly("application/json");
        assertThat(request.headers()).doesNotContainKey("Authorization");
        assertThat(request.body())
                .isEqualTo(
                        "{\"event\":\"budget_threshold\",\"budget\":\"team-a\",\"service\":\"shop\",\"kind\":\"co2e\","
                                + "\"unit\":\"g\",\"threshold_percent\":80.0,\"consumed\":4.25,\"limit\":5.0,"
                                + "\"window_start\":1764457200,\"window_end\":1764543600,\"zone\":\"Europe/Berlin\","
                                + "\"text\":\"80 % \\\"reached\\\"\\u000a\"}");
        assertThat(webhook.failures()).isZero();
        assertThat(lines).isEmpty();
    }

    @Test
    void pathWithTwoSlashes_isNoOtherServer() throws Exception {
        server.answer(Reply.json("{}"));
        webhook(server.address().replace("//", "//me:password@") + "//evil.example/x")
                .tell(CROSSING, "shop");
        awaitRequests(1);

        assertThat(server.requests().get(0).uri()).hasToString("//evil.example/x");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    void serverThatRecovers_isToldInTheEnd(int status) throws Exception {
        server.answer(Reply.json(status, "no"), Reply.json(status, "no"), Reply.json("{}"));
        Webhook webhook = webhook(server.address());
        webhook.tell(CROSSING, "shop");
        awaitRequests(3);
        awaitBackground();

        assertThat(webhook.failures()).isEqualTo(2);
        assertThat(server.requests()).hasSize(3);
        assertThat(lines).isEmpty();
    }

    @Test
    void serverThatDoesNotRecover_isOneLineWithoutSecrets() throws Exception {
        server.answer(Reply.json(500, "no"));
        Webhook webhook = webhook(server.address().replace("//", "//me:password@") + "/secret?token=secret");
        webhook.tell(CROSSING, "shop");

        assertThat(line())
                .isEqualTo("budget.webhook: 127.0.0.1:" + server.port()
                        + " was not told of budget team-a after 3 attempts: answer 500");
        assertThat(webhook.failures()).isEqualTo(3);
        assertThat(server.requests().get(0).headers().get("Authorization"))
                .containsExactly(
                        "Basic " + Base64.getEncoder().encodeToString("me:password".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void answerThatTimeCannotMend_isNotTriedAgain() throws Exception {
        server.answer(Reply.json(404, "no"));
        webhook(server.address()).tell(CROSSING, "shop");
        assertThat(line()).endsWith(" after 1 attempt: answer 404");
    }

    @Test
    void serverThatNeverAnswers_isGivenUp() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            Webhook webhook = Webhook.of(
                    "http://127.0.0.1:" + silent.getLocalPort(),
                    background,
                    List.of(),
                    Duration.ofMillis(200),
                    lines::add);
            webhook.tell(CROSSING, "shop");
            assertThat(line()).endsWith("after 1 attempt: no answer, SocketTimeoutException");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret", "ftp://secret/x", "http://", "http://secret path", "mailto:secret@x"})
    void noAddress_isOneLineThatDoesNotShowIt(String url) {
        assertThat(webhook(url)).isNull();
        assertThat(lines)
                .singleElement()
                .asString()
                .startsWith("budget.webhook: its value")
                .doesNotContain("secret");
    }
}
