package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.backends.Backend;
import com.anthropic.core.ClientOptions;
import io.inferwatt.agent.instrumentation.ClientParts;
import io.inferwatt.agent.instrumentation.KnownServers;
import io.inferwatt.agent.instrumentation.RemoteServer;
import org.jspecify.annotations.Nullable;

/**
 * Where clients send their requests. The host tells who runs the models: Anthropic, or one of those whose backends the library
 * has, whose hosts also name the region.
 */
final class AnthropicServers {

    private static final String ANTHROPIC = "anthropic";
    private static final String BEDROCK = "aws.bedrock";
    private static final String VERTEX = "gcp.vertex_ai";
    private static final String VERTEX_REGIONAL = "-aiplatform.googleapis.com";

    /** An HTTP client lies in others that retry, log and close it. */
    private static final int MOST_WRAPPERS = 8;

    private static final KnownServers<ClientOptions> SERVERS = new KnownServers<>();

    private AnthropicServers() {}

    static RemoteServer of(ClientOptions client) {
        return SERVERS.of(client, unknown -> at(address(unknown)));
    }

    static RemoteServer at(@Nullable String address) {
        String host = RemoteServer.of("", address, "").host();
        String[] labels = host.split("\\.", -1);
        for (int i = 0; i < labels.length - 1; i++) {
            if (labels[i].startsWith("bedrock-runtime") || labels[i].equals("bedrock-mantle")) {
                return RemoteServer.of(BEDROCK, address, labels[i + 1]);
            }
        }
        if (host.endsWith(VERTEX_REGIONAL)) {
            return RemoteServer.of(VERTEX, address, host.substring(0, host.length() - VERTEX_REGIONAL.length()));
        }
        if (host.equals("aiplatform.googleapis.com")) {
            return RemoteServer.of(VERTEX, address, "global");
        }
        if (labels[0].equals("aiplatform") && host.endsWith(".rep.googleapis.com")) {
            return RemoteServer.of(VERTEX, address, labels[1]);
        }
        if (labels[0].equals("aws-external-anthropic") && host.endsWith(".api.aws")) {
            return RemoteServer.of(ANTHROPIC, address, labels[1]);
        }
        // Anthropic runs what answers there itself.
        boolean own = host.endsWith(".anthropic.com")
                || host.endsWith(".services.ai.azure.com")
                || host.equals("claude.googleapis.com");
        return RemoteServer.of(own ? ANTHROPIC : "", address, "");
    }

    /** What the options say where nobody has set it is Anthropic's own address, or nothing; the backend may have another one. */
    private static @Nullable String address(ClientOptions client) {
        String set = ClientParts.text(client, "baseUrl");
        String address = set.isEmpty() ? addressOfBackend(client) : set;
        return address == null ? usualAddress(client) : address;
    }

    private static @Nullable String usualAddress(ClientOptions client) {
        try {
            return client.baseUrl();
        } catch (LinkageError olderVersion) {
            return null;
        }
    }

    /** In older versions, and where the HTTP client is not the library's, only the backend inside that knows the address. */
    private static @Nullable String addressOfBackend(ClientOptions client) {
        try {
            Object http = client.httpClient();
            for (int i = 0; i < MOST_WRAPPERS && http != null; i++) {
                Object backend = ClientParts.part(http, "backend");
                if (backend instanceof Backend known) {
                    return known.baseUrl();
                }
                http = ClientParts.part(http, "httpClient");
            }
        } catch (RuntimeException | LinkageError notReachable) {
            // Its host is not known then.
        }
        return null;
    }
}
