package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.HttpOptions;
import io.inferwatt.agent.instrumentation.ClientParts;
import io.inferwatt.agent.instrumentation.KnownServers;
import io.inferwatt.agent.instrumentation.RemoteServer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where clients send their requests: to the Gemini API, to a location of Vertex AI, or to an address of the application's own. By
 * reflection, once a client: in some versions its class is the library's own.
 */
final class GoogleGenAiServers {

    private static final String GEMINI = "gcp.gemini";
    private static final String VERTEX = "gcp.vertex_ai";
    private static final KnownServers<Object> SERVERS = new KnownServers<>();

    private GoogleGenAiServers() {}

    /** @param client an {@code ApiClient} */
    static RemoteServer of(Object client) {
        return SERVERS.of(client, GoogleGenAiServers::read);
    }

    private static RemoteServer read(Object client) {
        try {
            boolean vertex = Boolean.TRUE.equals(ClientParts.part(client, "vertexAI"));
            String address = ClientParts.part(client, "httpOptions") instanceof HttpOptions options
                    ? options.baseUrl().orElse(null)
                    : null;
            String location = ClientParts.part(client, "location") instanceof Optional<?> told && told.isPresent()
                    ? told.get().toString()
                    : "";
            return at(address, vertex, location);
        } catch (RuntimeException | LinkageError notReachable) {
            return RemoteServer.UNKNOWN;
        }
    }

    /** @param location of Vertex AI; empty where the address has all of them, and for the Gemini API */
    static RemoteServer at(@Nullable String address, boolean vertex, String location) {
        String host = RemoteServer.of("", address, "").host();
        String provider = host.endsWith(".googleapis.com") ? vertex ? VERTEX : GEMINI : "";
        String everywhere = vertex && host.equals("aiplatform.googleapis.com") ? "global" : "";
        return RemoteServer.of(provider, address, !vertex ? "" : location.isEmpty() ? everywhere : location);
    }
}
