package io.inferwatt.exporters.http;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * By which names this endpoint may be asked. A web page that makes its own name resolve to the endpoint's address (DNS
 * rebinding) still sends that name; an address cannot be made to lead elsewhere.
 */
final class HostNames {

    private final Set<String> names = new HashSet<>();
    private final boolean exposed;

    /**
     * Allows loopback names, and those given.
     *
     * @param exposed whether any address is allowed as well
     */
    HostNames(List<String> names, boolean exposed) {
        names.forEach(name -> this.names.add(name.toLowerCase(Locale.ROOT)));
        this.exposed = exposed;
    }

    /** Tells whether a {@code Host} header names this endpoint, with a port or without. */
    boolean allow(String header) {
        String host = withoutPort(header.toLowerCase(Locale.ROOT));
        if (LoopbackNames.isLoopback(host) || names.contains(host)) {
            return true;
        }
        return exposed && (IpLiterals.isIpv4(host) || (isBracketed(host) && isIpv6(host)));
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        if (colon < 0 || host.endsWith("]")) {
            return host;
        }
        String port = host.substring(colon + 1);
        boolean isPort = !port.isEmpty() && port.length() <= 5 && port.chars().allMatch(c -> c >= '0' && c <= '9');
        return isPort ? host.substring(0, colon) : host;
    }

    private static boolean isBracketed(String host) {
        return host.startsWith("[") && host.endsWith("]");
    }

    private static boolean isIpv6(String bracketed) {
        return IpLiterals.isIpv6(bracketed.substring(1, bracketed.length() - 1));
    }

    String allowedInWords() {
        return exposed
                ? "this endpoint answers to addresses, to localhost and to the names in its setting http.names"
                : "this endpoint answers to loopback names only, such as 127.0.0.1 or localhost";
    }
}
