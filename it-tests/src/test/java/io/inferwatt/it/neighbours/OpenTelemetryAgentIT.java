package io.inferwatt.it.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside OpenTelemetry's agent, which traces the server, the client of the remote model, and its HTTP requests. */
class OpenTelemetryAgentIT {

    private static final int FIRST_ANSWERS = 20;
    private static final int LATER_ANSWERS = 5;
    private static final int CHATS = 3;
    private static final String JOULES = "inferwatt.energy.joules";

    @TempDir
    Path folder;

    static List<Arguments> javasAndOrders() throws Exception {
        return Neighbour.javasAndOrders();
    }

    @ParameterizedTest
    @MethodSource("javasAndOrders")
    void answersSpansAndMetrics_areAllRight(Path java, Neighbour.Order order) throws Exception {
        try (SpanCollector collector = new SpanCollector();
                Shop shop = new Shop(
                        java,
                        folder,
                        order,
                        List.of(
                                Neighbour.OPENTELEMETRY.attached(""),
                                "-Dotel.exporter.otlp.endpoint=" + collector.address(),
                                "-Dotel.metrics.exporter=none",
                                "-Dotel.logs.exporter=none",
                                "-Dotel.bsp.schedule.delay=100",
                                "-Dotel.service.name=shop",
                                "-Dinferwatt.export.pushgateway.url=" + collector.address(),
                                "-Dinferwatt.export.pushgateway.interval=1s"))) {
            shop.answers(FIRST_ANSWERS);
            shop.assertCounted();
            shop.answers(LATER_ANSWERS);
            shop.chats(CHATS);
            shop.assertCounted();
            shop.assertEnded("[otel.javaagent ", "Sharing is only supported for boot loader classes", "WARNING: ");

            List<Span> requests = collector.await(
                    FIRST_ANSWERS + LATER_ANSWERS + CHATS, span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER);
            assertThat(requests).hasSize(FIRST_ANSWERS + LATER_ANSWERS + CHATS);
            assertThat(requests.subList(FIRST_ANSWERS, FIRST_ANSWERS + LATER_ANSWERS))
                    .allSatisfy(span -> {
                        assertThat(number(span, JOULES)).isPositive();
                        assertThat(text(span, "inferwatt.energy.method")).isEqualTo("recent-rate");
                    });

            List<Span> chats = collector.all(span -> SpanCollector.has(span, "gen_ai.usage.input_tokens"));
            assertThat(chats).hasSize(CHATS).allSatisfy(span -> {
                assertThat(attribute(span, "gen_ai.usage.input_tokens").getIntValue())
                        .isEqualTo(Shop.INPUT_TOKENS);
                assertThat(number(span, JOULES)).isPositive();
                assertThat(text(span, "inferwatt.energy.quality")).isEqualTo("estimated");
            });
            assertThat(collector.all(span -> SpanCollector.has(span, JOULES)).stream()
                            .filter(span -> span.getKind() != Span.SpanKind.SPAN_KIND_SERVER))
                    .as("one span of a chat has its joules, not that of its HTTP request as well")
                    .containsExactlyInAnyOrderElementsOf(chats);
            assertThat(collector.pushes()).as("pushes").isPositive();
            assertThat(collector.tracedPushes()).isZero();
            assertThat(collector.all(span -> SpanCollector.has(span, "url.full")
                            && text(span, "url.full").startsWith(collector.address())))
                    .as("what the meter pushes is no business of the application's traces")
                    .isEmpty();
        }
    }

    private static AnyValue attribute(Span span, String name) {
        return Objects.requireNonNull(SpanCollector.attribute(span, name), () -> name + " of " + span);
    }

    private static double number(Span span, String name) {
        return attribute(span, name).getDoubleValue();
    }

    private static String text(Span span, String name) {
        return attribute(span, name).getStringValue();
    }
}
