package io.inferwatt.exporters.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;

/** Reads where to listen. Nothing here asks a name server: what it says could change, and with it who can read. */
public final class ListenAddress {

    private ListenAddress() {}

    /** Returns the address that {@code localhost} or an address as text stands for; empty for every other text. */
    public static Optional<InetAddress> of(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String text = lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
        if (text.equals("localhost")) {
            return literal("127.0.0.1"); // in a hosts file it may be anything
        }
        return IpLiterals.isIpv4(text) || IpLiterals.isIpv6(text) ? literal(text) : Optional.empty();
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
