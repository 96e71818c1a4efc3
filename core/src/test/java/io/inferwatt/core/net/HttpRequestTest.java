package io.inferwatt.core.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.testservers.WireServer;
import io.inferwatt.core.testservers.WireServer.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpRequestTest {

    @Test
    void answer_isReadWhateverItsStatus_withRetryAfter() throws IOException {
        try (WireServer server = new WireServer()) {
            server.answer(new Reply(
                    429,
                    Map.of("Retry-After", "17"),
                    List.of("slow down".getBytes(StandardCharsets.UTF_8)),
                    null,
                    false));

            HttpAnswer answer = HttpRequest.get(URI.create(server.address() + "/path?x=1"))
                    .with("auth-token", "secret")
                    .send();

            assertThat(answer).isEqualTo(new HttpAnswer(429, "slow down", 17));
            assertThat(answer.isOk()).isFalse();
            assertThat(server.requests().get(0).uri()).isEqualTo(URI.create("/path?x=1"));
            assertThat(server.requests().get(0).headers().get("Auth-token")).containsExactly("secret");
        }
    }

    @Test
    void post_sendsItsBody() throws IOException {
        try (WireServer server = new WireServer()) {
            server.answer(Reply.json("{}"));

            HttpAnswer answer = HttpRequest.post(
                            URI.create(server.address() + "/hook"), "application/json", "{\"ä\":1}")
                    .send();

            assertThat(answer.isOk()).isTrue();
            assertThat(server.requests().get(0).method()).isEqualTo("POST");
            assertThat(server.requests().get(0).body()).isEqualTo("{\"ä\":1}");
        }
    }

    @Test
    void serverThatNeverAnswers_isLeftAfterTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            HttpRequest request = HttpRequest.get(URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/"));

            assertThatThrownBy(() -> request.send(Duration.ofMillis(300))).isInstanceOf(IOException.class);
        }
    }

    @Test
    void whatIsNotHttp_isRefused() {
        assertThatThrownBy(
                        () -> HttpRequest.get(URI.create("file:///etc/passwd")).send())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("neither http nor https");
    }
}
