package io.inferwatt.agent.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KnownServersTest {

    private static final RemoteServer HERE = RemoteServer.of("ollama", "http://localhost:11434", "");
    private static final RemoteServer THERE = RemoteServer.of("openai", "https://api.openai.com/v1", "");

    @Test
    void client_isLookedAtOnce_andEqualOnesApart() {
        KnownServers<List<String>> servers = new KnownServers<>();
        List<String> client = List.of("a client");
        List<String> equal = List.of("a client");

        assertThat(servers.of(client, unknown -> HERE)).isSameAs(HERE);
        assertThat(servers.of(equal, unknown -> THERE)).isSameAs(THERE);
        assertThat(servers.of(client, known -> THERE)).isSameAs(HERE);
    }
}
