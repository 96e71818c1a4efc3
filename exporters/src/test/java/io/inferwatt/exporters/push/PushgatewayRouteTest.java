package io.inferwatt.exporters.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushgatewayRouteTest {

    @ParameterizedTest
    @CsvSource({
        "http://gateway:9091, nightly, host-1:77, http://gateway:9091/metrics/job/nightly/instance/host-1:77",
        "http://gateway/push/, a/b, x, http://gateway/push/metrics/job@base64/YS9i/instance/x",
        "http://gateway, größe, x y, http://gateway/metrics/job@base64/Z3LDtsOfZQ/instance@base64/eCB5",
        "http://gateway, .., '', http://gateway/metrics/job@base64/Li4/instance@base64/="
    })
    void group_isInTheAddress(String url, String job, String instance, String address) {
        assertThat(route(url, job, Map.of("instance", instance), false)
                        .request(new byte[] {1})
                        .uri())
                .hasToString(address);
    }

    @Test
    void figures_areReplaced() throws IOException {
        PushgatewayRoute route = route("http://gateway", "j", Map.of(), false);
        assertThat(route.request(route.take()).method()).isEqualTo("PUT");
        assertThat(route.request(route.take()).headers())
                .containsEntry("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
        BodyQueue queue = BodyQueue.ofLatest();
        route.last(queue);
        assertThat(queue.poll()).containsExactly(7);
    }

    @Test
    void lastRequest_deletesWhereAsked() throws IOException {
        PushgatewayRoute route = route("http://gateway", "j", Map.of(), true);
        BodyQueue queue = BodyQueue.ofLatest();
        route.last(queue);
        assertThat(route.request(Objects.requireNonNull(queue.poll())).method()).isEqualTo("DELETE");
    }

    private static PushgatewayRoute route(String url, String job, Map<String, String> grouping, boolean delete) {
        Target target = Objects.requireNonNull(Target.of("export.pushgateway", url, Optional.empty(), line -> {}));
        return new PushgatewayRoute(() -> new byte[] {7}, target, job, grouping, delete);
    }
}
