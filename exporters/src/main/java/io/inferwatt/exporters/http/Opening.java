package io.inferwatt.exporters.http;

import io.inferwatt.exporters.http.access.Access;
import io.inferwatt.exporters.http.tls.TlsIdentity;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Where and to whom an endpoint opens.
 *
 * @param address to bind to
 * @param port 0 for any free one
 * @param names by which clients may ask for it, beside loopback names and, beyond loopback, addresses
 * @param tls empty for plain HTTP
 * @param access empty if everybody who can connect may read
 */
public record Opening(
        InetAddress address, int port, List<String> names, Optional<TlsIdentity> tls, Optional<Access> access) {

    public Opening {
        names = List.copyOf(names);
    }

    /** Returns an opening for everybody on this machine, without TLS. */
    public static Opening plain(InetAddress loopback, int port) {
        return new Opening(loopback, port, List.of(), Optional.empty(), Optional.empty());
    }

    /** Returns whether clients may be on other machines. */
    public boolean isExposed() {
        return !address.isLoopbackAddress();
    }
}
