package io.inferwatt.exporters.http;

/** The names of this machine for itself. */
final class LoopbackNames {

    private LoopbackNames() {}

    /** Tells whether a host in lower case, in brackets or not, is a loopback name or address. */
    static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || host.equals("[::1]")
                || (host.startsWith("127.") && IpLiterals.isIpv4(host));
    }
}
