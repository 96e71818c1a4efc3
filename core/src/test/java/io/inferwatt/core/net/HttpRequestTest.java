package io.inferwatt.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.testservers.RawServer;
import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpRequestTest {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void answer_isThatOfTheServer() throws IOException {
        try (WireServer server = new WireServer()) {
            server.answer(Reply.json(429, "{\"error\":\"slow\"}").withHeader("Retry-After", "17"));
            HttpAnswer answer = HttpRequest.get(URI.create(server.address() + "/x?y=1"))
                    .with("auth-token", "k")
                    .send();

            assertThat(answer).isEqualTo(new HttpAnswer(429, "{\"error\":\"slow\"}", 17));
            assertThat(answer.isOk()).isFalse();
            assertThat(server.requests()).singleElement().satisfies(request -> {
                assertThat(request.method()).isEqualTo("GET");
                assertThat(request.uri()).hasToString("/x?y=1");
                assertThat(request.headers()).containsKey("Auth-token");
            });
        }
    }

    @Test
    void bodyAndMethod_areSent() throws IOException {
        try (WireServer server = new WireServer()) {
            server.answer(Reply.json("{}"));
            HttpRequest.post(URI.create(server.address()), "text/plain", "grüße")
                    .send();
            HttpRequest.put(URI.create(server.address())).withoutProxy().send();

            assertThat(server.requests())
                    .extracting(WireServer.Request::method, WireServer.Request::body)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("POST", "grüße"),
                            org.assertj.core.groups.Tuple.tuple("PUT", ""));
        }
    }

    @Test
    void retryAfterAsADate_isTimeFromNow() throws IOException {
        try (WireServer server = new WireServer()) {
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
            server.answer(Reply.json(503, "").withHeader("Retry-After", date));

            assertThat(HttpRequest.get(URI.create(server.address())).send().retryAfterSeconds())
                    .isBetween(3000L, 3600L);
        }
    }

    @Test
    void challengeToLogIn_isAnAnswerLikeOthers() throws IOException {
        try (WireServer server = new WireServer()) {
            server.answer(Reply.json(401, "no").withHeader("WWW-Authenticate", "Basic realm=\"x\""));

            assertThat(HttpRequest.get(URI.create(server.address())).send().status())
                    .isEqualTo(401);
        }
    }

    @Test
    @Timeout(30)
    void serverThatSaysNothing_isLeftInTime() throws IOException {
        try (RawServer server = RawServer.silent()) {
            assertThatThrownBy(() -> HttpRequest.get(server.uri()).send(SHORT))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    @Timeout(30)
    void headersThatDrip_areLeftInTimeAndTheConnectionIsClosed() throws Exception {
        try (RawServer server = RawServer.dripping("HTTP/1.1 200 OK\r\nX-Long: ", "a")) {
            assertThatThrownBy(() -> HttpRequest.get(server.uri()).send(SHORT))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("the answer takes too long");
            assertThat(server.awaitClosedByClient()).isTrue();
        }
    }

    @Test
    @Timeout(30)
    void bodyThatDrips_isLeftInTimeAndTheConnectionIsClosed() throws Exception {
        try (RawServer server = RawServer.dripping("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", "a")) {
            assertThatThrownBy(() -> HttpRequest.get(server.uri()).send(SHORT))
                    .isInstanceOf(SocketTimeoutException.class);
            assertThat(server.awaitClosedByClient()).isTrue();
        }
    }

    @Test
    void bodyWithoutEnd_isRefused() throws IOException {
        try (RawServer server = RawServer.dripping("HTTP/1.1 200 OK\r\n\r\n", "a".repeat(1 << 20))) {
            assertThatThrownBy(() -> HttpRequest.get(server.uri()).send())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("larger than 4194304 bytes");
        }
    }

    @Test
    void otherSchemes_areRefused() {
        assertThatThrownBy(
                        () -> HttpRequest.get(URI.create("file:///etc/passwd")).send())
                .isInstanceOf(IOException.class)
                .hasMessage("file is neither http nor https");
    }

    @Test
    void nothingOfARequestButItsHost_isPrinted() {
        HttpRequest request = HttpRequest.get(URI.create("https://user:pw@example.org/a?token=secret"))
                .with("auth-token", "secret");

        assertThat(request).hasToString("GET https://example.org");
    }
}
