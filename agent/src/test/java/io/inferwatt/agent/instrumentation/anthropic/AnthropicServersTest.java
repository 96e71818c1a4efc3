package io.inferwatt.agent.instrumentation.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.backends.AnthropicBackend;
import com.anthropic.backends.Backend;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import io.inferwatt.agent.instrumentation.RemoteServer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hosts are those that the backends of the library make up. */
class AnthropicServersTest {

    @ParameterizedTest
    @CsvSource({
        "https://api.anthropic.com, anthropic, api.anthropic.com, ''",
        "https://bedrock-runtime.us-east-1.amazonaws.com, aws.bedrock, bedrock-runtime.us-east-1.amazonaws.com, us-east-1",
        "https://bedrock-mantle.eu-west-1.api.aws/anthropic, aws.bedrock, bedrock-mantle.eu-west-1.api.aws, eu-west-1",
        "https://vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com, aws.bedrock,"
                + " vpce-1.bedrock-runtime.eu-central-1.vpce.amazonaws.com, eu-central-1",
        "https://us-east5-aiplatform.googleapis.com, gcp.vertex_ai, us-east5-aiplatform.googleapis.com, us-east5",
        "https://aiplatform.googleapis.com, gcp.vertex_ai, aiplatform.googleapis.com, global",
        "https://aiplatform.eu.rep.googleapis.com, gcp.vertex_ai, aiplatform.eu.rep.googleapis.com, eu",
        "https://aws-external-anthropic.us-west-2.api.aws, anthropic, aws-external-anthropic.us-west-2.api.aws, us-west-2",
        "https://mine.services.ai.azure.com/anthropic, anthropic, mine.services.ai.azure.com, ''",
        "https://claude.googleapis.com, anthropic, claude.googleapis.com, ''",
        "http://localhost:8080, '', localhost:8080, ''",
        "https://bedrock-runtime, '', bedrock-runtime, ''",
        "not an address, '', '', ''"
    })
    void host_tellsProviderAndRegion(String address, String provider, String host, String region) {
        assertThat(AnthropicServers.at(address)).isEqualTo(new RemoteServer(provider, host, region));
    }

    @Test
    void addressThatIsNotKnown_isNowhere() {
        assertThat(AnthropicServers.at(null)).isEqualTo(RemoteServer.UNKNOWN);
    }

    /** As Spring AI makes its client: the options are told no address. */
    @Test
    void addressThatOnlyTheBackendKnows_isThat() {
        HttpClient http = new OfAFramework(AnthropicBackend.builder()
                .apiKey("none")
                .baseUrl("https://gateway.example:8443/claude")
                .build());
        ClientOptions options = ClientOptions.builder().httpClient(http).build();
        assertThat(AnthropicServers.of(options)).isEqualTo(new RemoteServer("", "gateway.example:8443", ""));
        assertThat(AnthropicServers.of(
                        options.toBuilder().baseUrl("https://api.anthropic.com").build()))
                .isEqualTo(new RemoteServer("anthropic", "api.anthropic.com", ""));
    }

    @Test
    void addressThatNobodySet_isAnthropics() {
        ClientOptions options =
                ClientOptions.builder().httpClient(new OfAFramework(null)).build();
        assertThat(AnthropicServers.of(options)).isEqualTo(new RemoteServer("anthropic", "api.anthropic.com", ""));
    }

    /** Asks nobody. */
    private static final class OfAFramework implements HttpClient {

        @SuppressWarnings({"unused", "FieldCanBeLocal"}) // read by reflection
        private final Backend backend;

        OfAFramework(Backend backend) {
            this.backend = backend;
        }

        @Override
        public HttpResponse execute(HttpRequest request, RequestOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
