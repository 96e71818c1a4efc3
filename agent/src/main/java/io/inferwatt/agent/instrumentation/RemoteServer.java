package io.inferwatt.agent.instrumentation;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a client of remote models sends its requests. Texts are empty where not known. Costs some parsing: keep it with the
 * client.
 *
 * @param provider who runs the models, in the words of OpenTelemetry's {@code gen_ai.provider.name}, for instance {@code openai};
 *     empty where only the host tells, as behind a client of OpenAI's protocol that is set to another address
 * @param host host name or address in lower case, with a port unless that is the scheme's own
 * @param region the provider's name of the place, for instance {@code us-east-1}
 */
public record RemoteServer(String provider, String host, String region) {

    /** Where nothing is known. */
    public static final RemoteServer UNKNOWN = new RemoteServer("", "", "");

    /**
     * Returns the server behind an address.
     *
     * @param address the client's base URL; null or what cannot be understood leaves the host empty
     */
    public static RemoteServer of(String provider, @Nullable String address, String region) {
        return new RemoteServer(provider, host(address), region);
    }

    /** Returns this server with a provider, if it has none. */
    public RemoteServer orProvider(String other) {
        return provider.isEmpty() ? new RemoteServer(other, host, region) : this;
    }

    private static String host(@Nullable String address) {
        if (address == null) {
            return "";
        }
        try {
            URI uri = URI.create(address.contains("://") ? address.strip() : "https://" + address.strip());
            String host = uri.getHost();
            if (host == null) {
                return "";
            }
            boolean ownPort = uri.getPort() < 0
                    || (uri.getPort() == 443 && "https".equalsIgnoreCase(uri.getScheme()))
                    || (uri.getPort() == 80 && "http".equalsIgnoreCase(uri.getScheme()));
            return host.toLowerCase(Locale.ROOT) + (ownPort ? "" : ":" + uri.getPort());
        } catch (IllegalArgumentException notAnAddress) {
            return "";
        }
    }
}
