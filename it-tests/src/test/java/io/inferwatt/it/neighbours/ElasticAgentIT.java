package io.inferwatt.it.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside Elastic's agent, which makes a transaction of each answer and a span of each HTTP request inside. */
class ElasticAgentIT {

    private static final int ANSWERS = 10;
    private static final int CHATS = 2;

    @TempDir
    Path folder;

    static List<Arguments> javasAndOrders() throws Exception {
        return Neighbour.javasAndOrders();
    }

    @ParameterizedTest
    @MethodSource("javasAndOrders")
    void answersTransactionsAndMetrics_areAllRight(Path java, Neighbour.Order order) throws Exception {
        try (ElasticIntake intake = new ElasticIntake();
                Shop shop = new Shop(
                        java,
                        folder,
                        order,
                        List.of(
                                Neighbour.ELASTIC.attached(""),
                                "-Delastic.apm.server_url=" + intake.address(),
                                "-Delastic.apm.service_name=shop",
                                "-Delastic.apm.application_packages=io.inferwatt.it",
                                "-Delastic.apm.trace_methods=io.inferwatt.it.app.HttpShop#answer",
                                "-Delastic.apm.central_config=false",
                                "-Delastic.apm.metrics_interval=0s",
                                "-Delastic.apm.cloud_provider=NONE",
                                "-Delastic.apm.api_request_time=200ms",
                                "-Delastic.apm.span_min_duration=0ms",
                                "-Delastic.apm.log_file=" + folder.resolve("elastic.log")))) {
            shop.answers(ANSWERS);
            shop.chats(CHATS);
            shop.assertCounted();
            List<JsonNode> transactions = intake.await(ANSWERS + CHATS, "transaction");
            List<JsonNode> spans = intake.await(CHATS, "span");
            shop.assertEnded("[elastic-apm-agent] ", "Sharing is only supported for boot loader classes", "WARNING: ");

            assertThat(transactions).hasSize(ANSWERS + CHATS).allSatisfy(transaction -> {
                assertThat(transaction.at("/name").asText()).isEqualTo("HttpShop#answer");
                assertThat(transaction.at("/outcome").asText()).isNotEqualTo("failure");
            });
            assertThat(spans)
                    .hasSize(CHATS)
                    .allSatisfy(span ->
                            assertThat(span.at("/context/http/url").asText()).contains("/chat/completions"));
            assertThat(intake.all("error")).isEmpty();
        }
    }
}
