package io.inferwatt.core.footprint.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.inferwatt.core.config.ConfigLoader;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.footprint.site.Site;
import io.inferwatt.core.host.HostFacts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The metadata addresses of the clouds, played by a real server that is as strict as they are. */
class MetadataSearchTest {

    private final HttpServer server;
    private final List<String> warnings = new ArrayList<>();
    private final Site site;
    private final MetadataSearch search;

    MetadataSearchTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        InferwattConfig config =
                ConfigLoader.load("carbon.region=metadata", Map.of(), Map.of()).config();
        site = Site.of(
                config.carbon(), config.facility(), new HostFacts("h", "unknown", "unknown", 1, 4, 0, "KVM"), Map.of());
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        search = new MetadataSearch(address, site, warnings::add);
    }

    @AfterEach
    void close() {
        server.stop(0);
    }

    private void serve(String path, String method, String header, String value, String answer) {
        server.createContext(path, exchange -> {
            boolean right = exchange.getRequestMethod().equals(method)
                    && value.equals(exchange.getRequestHeaders().getFirst(header));
            reply(exchange, right ? 200 : 401, right ? answer : "no");
        });
    }

    private static void reply(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void aws_isAskedWithAToken() {
        serve("/latest/api/token", "PUT", "X-aws-ec2-metadata-token-ttl-seconds", "60", "TOKEN==");
        serve("/latest/meta-data/placement/region", "GET", "X-aws-ec2-metadata-token", "TOKEN==", "eu-west-1");

        assertThat(search.look()).isEmpty();
        assertThat(site.current().zone()).isEqualTo("eu-west-1");
        assertThat(site.facility().source()).isEqualTo("region");
    }

    @Test
    void google_tellsTheZoneOfARegion() {
        serve(
                "/computeMetadata/v1/instance/zone",
                "GET",
                "Metadata-Flavor",
                "Google",
                "projects/1234/zones/europe-west1-b\n");

        assertThat(search.look()).isEmpty();
        assertThat(site.current().zone()).isEqualTo("europe-west1");
    }

    @Test
    void azure_tellsItsLocation() {
        serve("/metadata/instance/compute/location", "GET", "Metadata", "true", "westeurope");

        assertThat(search.look()).isEmpty();
        assertThat(site.current().zone()).isEqualTo("westeurope");
    }

    @Test
    void noCloud_isToldOnceAndTheEarlierChoiceStays() {
        server.createContext("/", exchange -> reply(exchange, 200, "<html>Welcome to the hotel</html>"));

        assertThat(search.look()).hasValue(Duration.ofSeconds(20));
        assertThat(search.look()).hasValue(Duration.ofSeconds(20));
        assertThat(warnings).isEmpty();
        assertThat(search.look()).hasValue(Duration.ofHours(1));
        assertThat(search.look()).hasValue(Duration.ofHours(1));

        assertThat(warnings).singleElement().asString().contains("no cloud tells its region at 127.0.0.1");
        assertThat(site.current().isWorldAverage()).isTrue();
    }

    @Test
    void regionThatTheTableLacks_isTold() {
        serve("/metadata/instance/compute/location", "GET", "Metadata", "true", "atlantis");

        assertThat(search.look()).isEmpty();
        assertThat(warnings).singleElement().asString().contains("the one that azure names");
        assertThat(site.current().isWorldAverage()).isTrue();
    }
}
