package io.inferwatt.exporters.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The names of this machine for itself. Nothing here asks a name server. */
public final class LoopbackNames {

    private static final Pattern IPV4 = Pattern.compile("127(\\.(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})){3}");

    private static final Pattern PORT = Pattern.compile(":[0-9]{1,5}$");

    private LoopbackNames() {}

    /** Returns the address of a loopback name or literal; empty for every other host. */
    public static Optional<InetAddress> resolve(String host) {
        String name = withoutBrackets(host.toLowerCase(Locale.ROOT));
        if (!isLoopback(name)) {
            return Optional.empty();
        }
        try {
            // Literals only: "localhost" may be anything in a hosts file.
            return Optional.of(InetAddress.getByName(name.equals("localhost") ? "127.0.0.1" : name));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns whether a {@code Host} header names this machine by a loopback name. A web page that makes its own name
     * resolve to 127.0.0.1 (DNS rebinding) still sends that name.
     */
    static boolean inHostHeader(String header) {
        String host = PORT.matcher(header.toLowerCase(Locale.ROOT)).replaceFirst("");
        return isLoopback(withoutBrackets(host));
    }

    private static boolean isLoopback(String name) {
        return name.equals("localhost")
                || name.equals("::1")
                || IPV4.matcher(name).matches();
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
