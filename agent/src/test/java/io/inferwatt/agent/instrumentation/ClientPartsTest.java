package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClientPartsTest {

    /** As most clients are made: a model, its client, and that one's settings. */
    private record Model(String baseUrl, Client client) {}

    private record Client(ClientOptions clientOptions) {}

    private record ClientOptions(String baseUrl) {}

    private record Other(Optional<URI> endpoint, String location, String size) {}

    private static Model model(String own, String address) {
        return new Model(own, new Client(new ClientOptions(address)));
    }

    @Test
    void server_isWhatTheClientInsideIsSetTo_unlessTheModelSays() {
        assertThat(ClientParts.server(model(null, "https://api.openai.com/v1"), "openai"))
                .isEqualTo(new RemoteServer("openai", "api.openai.com", ""));
        assertThat(ClientParts.server(model("https://eu.api.openai.com", "https://api.openai.com"), "openai"))
                .isEqualTo(new RemoteServer("openai", "eu.api.openai.com", ""));
    }

    @Test
    void server_atAnotherAddress_isNotTheProviders() {
        assertThat(ClientParts.server(model(null, "http://localhost:8000/v1"), "openai"))
                .isEqualTo(new RemoteServer("", "localhost:8000", ""));
        assertThat(ClientParts.server(model(null, "https://notopenai.com"), "openai"))
                .isEqualTo(new RemoteServer("", "notopenai.com", ""));
        assertThat(ClientParts.server(model(null, "https://models.example.com"), "azure.ai.openai"))
                .as("Azure gives each customer an address")
                .isEqualTo(new RemoteServer("azure.ai.openai", "models.example.com", ""));
    }

    @Test
    void server_ofWhatTellsNothing_isTheProviderAlone() {
        assertThat(ClientParts.server(new Object(), "openai")).isEqualTo(new RemoteServer("openai", "", ""));
        assertThat(ClientParts.server(model(null, null), "")).isEqualTo(RemoteServer.UNKNOWN);
    }

    @Test
    void server_takesAddressesOfOtherTypes_andThePlace() {
        Other other = new Other(Optional.of(URI.create("https://host.example/v1")), "us-central1", "1024x1024");

        assertThat(ClientParts.server(other, "gcp.vertex_ai"))
                .isEqualTo(new RemoteServer("gcp.vertex_ai", "host.example", "us-central1"));
        assertThat(ClientParts.text(other, "imageSize", "size")).isEqualTo("1024x1024");
        assertThat(ClientParts.text(other, "name")).isEmpty();
        assertThat(ClientParts.part(other, "none", "size")).isEqualTo("1024x1024");
    }

    @Test
    void provider_isInTheWordsOfOpenTelemetry() {
        assertThat(Providers.named("GOOGLE_AI_GEMINI")).isEqualTo("gcp.gemini");
        assertThat(Providers.named("OLLAMA")).as("a server of one's own").isEmpty();
        assertThat(Providers.ofPackage(
                        "org.springframework.ai.mistralai.MistralAiChatModel", "org.springframework.ai."))
                .isEqualTo("mistral_ai");
        assertThat(Providers.ofPackage("com.acme.OpenAiChatModel", "org.springframework.ai."))
                .isEmpty();
    }
}
