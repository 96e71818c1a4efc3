package io.inferwatt.agent.instrumentation.googlegenai;

import com.google.genai.types.HttpOptions;
import io.inferwatt.agent.instrumentation.RemoteServer;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import java.lang.reflect.Field;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where clients send their requests: to the Gemini API, to a location of Vertex AI, or to an address of the application's own. By
 * reflection, once a client: in some versions its class is the library's own.
 */
final class GoogleGenAiServers {

    private static final String GEMINI = "gcp.gemini";
    private static final String VERTEX = "gcp.vertex_ai";
    private static final WeakIdentityMap<Object, RemoteServer> SERVERS = new WeakIdentityMap<>();

    private GoogleGenAiServers() {}

    /** @param client an {@code ApiClient} */
    static RemoteServer of(Object client) {
        RemoteServer known = SERVERS.get(client);
        if (known == null) {
            known = read(client);
            SERVERS.put(client, known);
        }
        return known;
    }

    private static RemoteServer read(Object client) {
        try {
            boolean vertex = Boolean.TRUE.equals(field(client, "vertexAI"));
            String address = field(client, "httpOptions") instanceof HttpOptions options
                    ? options.baseUrl().orElse(null)
                    : null;
            String location = field(client, "location") instanceof Optional<?> told && told.isPresent()
                    ? told.get().toString()
                    : "";
            return at(address, vertex, location);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notReachable) {
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

    private static @Nullable Object field(Object client, String name) throws ReflectiveOperationException {
        Class<?> type = client.getClass();
        while (type.getSuperclass() != Object.class && type.getSuperclass() != null) {
            type = type.getSuperclass();
        }
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(client);
    }
}
