package io.inferwatt.exporters.report;

import java.net.URI;

/** Addresses as they are shown: a report and its messages are passed on, so nothing that may be secret is in them. */
final class Addresses {

    private Addresses() {}

    /** Returns scheme, host, port and path alone, without user, query and fragment. */
    static String shown(URI address) {
        String host = String.valueOf(address.getHost());
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        return address.getScheme() + "://" + host + port + path;
    }
}
