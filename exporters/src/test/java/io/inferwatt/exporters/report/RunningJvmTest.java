package io.inferwatt.exporters.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.inferwatt.core.report.disclosure.Disclosure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunningJvmTest {

    private HttpServer server;
    private volatile int status = 200;
    private volatile String body = "";

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/v1/report", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    @Test
    void disclosure_isThatOfTheJvm() throws IOException {
        Disclosure disclosure = Disclosures.rich(4);
        body = DisclosureJson.write(disclosure);
        assertThat(RunningJvm.read(address(""))).isEqualTo(disclosure);
        assertThat(RunningJvm.read(address("/"))).isEqualTo(disclosure);
        assertThat(RunningJvm.read(address("/api/v1/report"))).isEqualTo(disclosure);
    }

    @Test
    void answersThatAreNone_areToldInOneLine() {
        body = "{}";
        assertThatThrownBy(() -> RunningJvm.read(address("")))
                .hasMessageEndingWith("this is no disclosure of Inferwatt");
        status = 500;
        assertThatThrownBy(() -> RunningJvm.read(address(""))).hasMessageContaining("status 500");
        assertThatThrownBy(() -> RunningJvm.read(address("/elsewhere"))).hasMessageContaining("(404)");
    }

    @Test
    void portWhereNothingListens_isNamedWithWhatWouldHelp() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThatThrownBy(() -> RunningJvm.read(URI.create("http://127.0.0.1:" + port)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nothing listens at http://127.0.0.1:" + port)
                .hasMessageContaining("http.port");
    }

    @Test
    void pagesOfAnExporter_areTheSameDisclosure() {
        assertThat(HtmlReport.write(Disclosures.rich(1))).contains("<title>Inferwatt: shop, on machine-1");
    }
}
