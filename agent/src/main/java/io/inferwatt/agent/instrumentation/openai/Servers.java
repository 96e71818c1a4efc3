package io.inferwatt.agent.instrumentation.openai;

import com.openai.core.ClientOptions;
import io.inferwatt.agent.instrumentation.KnownServers;
import io.inferwatt.agent.instrumentation.RemoteServer;
import java.util.List;

/** Tells where a client sends its requests, and remembers it with the client's options. */
final class Servers {

    private static final String OPENAI = "api.openai.com";

    /** Ends of hosts that the library itself takes for Azure's. */
    private static final List<String> AZURE =
            List.of(".openai.azure.com", ".services.ai.azure.com", ".azure-api.net", ".cognitiveservices.azure.com");

    private static final KnownServers<ClientOptions> KNOWN = new KnownServers<>();

    private Servers() {}

    static RemoteServer of(ClientOptions client) {
        return KNOWN.of(client, unknown -> at(unknown.baseUrl()));
    }

    static RemoteServer at(String baseUrl) {
        RemoteServer server = RemoteServer.of("", baseUrl, "");
        String host = server.host();
        if (host.equals(OPENAI)) {
            return server.orProvider("openai");
        }
        if (host.endsWith("." + OPENAI)) { // for customers whose data stays there: eu.api.openai.com
            return RemoteServer.of("openai", baseUrl, host.substring(0, host.length() - OPENAI.length() - 1));
        }
        for (String end : AZURE) {
            if (host.endsWith(end)) {
                return server.orProvider("azure.ai.openai");
            }
        }
        return server;
    }
}
