package io.inferwatt.exporters;

import io.inferwatt.core.config.InferwattConfig.Http;
import io.inferwatt.exporters.http.ListenAddress;
import io.inferwatt.exporters.http.Opening;
import io.inferwatt.exporters.http.access.Access;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.http.tls.TlsIdentity;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Consumer;

/** Where and to whom the settings open the endpoint. What is less safe than it may look is told in one line. */
final class EndpointOpening {

    private static final String WHAT_IS_READ =
            "the energy of this machine, the names and request rates of models, budgets and tenants";

    private EndpointOpening() {}

    /**
     * Reads the files that the settings name.
     *
     * @throws BadSecretException if one of them cannot be used: then nothing must be opened
     */
    static Opening of(Http http, Consumer<String> warnings) throws BadSecretException {
        Optional<TlsIdentity> tls = TlsIdentity.of(http.certificate(), http.key(), warnings);
        Optional<Access> access = Access.of(http.basicFile(), http.tokenFile(), warnings);
        Opening opening = new Opening(address(http.host(), warnings), http.port(), http.names(), tls, access);
        if (opening.isExposed()) {
            warnOfExposure(opening, http.host(), warnings);
        }
        return opening;
    }

    private static InetAddress address(String host, Consumer<String> warnings) {
        return ListenAddress.of(host).orElseGet(() -> {
            warnings.accept(
                    "http.host: '" + host + "' is not an address; allowed: an IPv4 or IPv6 address of this machine,"
                            + " 0.0.0.0 for all, localhost; listening on 127.0.0.1 instead");
            return InetAddress.getLoopbackAddress();
        });
    }

    private static void warnOfExposure(Opening opening, String host, Consumer<String> warnings) {
        String at = "http.host: " + host + ": ";
        if (opening.access().isEmpty()) {
            warnings.accept(at + "whoever can connect from other machines can read " + WHAT_IS_READ
                    + (opening.tls().isEmpty() ? ", and so can whoever sees the traffic" : "")
                    + "; a network policy, or http.auth.token_file"
                    + (opening.tls().isEmpty() ? " with http.tls.certificate" : "") + ", limits that");
        } else if (opening.tls().isEmpty()) {
            warnings.accept(
                    at + "passwords and tokens travel without TLS: whoever sees the traffic can use them to read "
                            + WHAT_IS_READ + "; http.tls.certificate and http.tls.key end that");
        }
    }
}
