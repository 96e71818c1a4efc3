package io.inferwatt.core.host;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Host and port that a client of this machine's own servers is set to. Tells which listening socket the kernel would choose for
 * it, without asking a name service. Immutable.
 *
 * @param name host name or address without port and brackets; {@code localhost} for those that mean the same
 * @param ports the port, or where none is given those of the two schemes
 */
public record ServerAddress(String name, List<Integer> ports) {

    /** The client leaves out the port where it is the scheme's own, and the scheme is not known. */
    private static final List<Integer> PORTS_OF_SCHEMES = List.of(80, 443);

    private static final String LOCALHOST = "localhost";
    private static final InetAddress LOOPBACK = address(new byte[] {127, 0, 0, 1});
    private static final InetAddress LOOPBACK_6 = address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});

    // How well a socket fits, as the kernel chooses: the exact address, then any of its family, then any of both.
    private static final int NOT = 0;
    private static final int OTHER_ADDRESS = 1;
    private static final int ANY_OF_BOTH = 2;
    private static final int ANY = 3;
    private static final int EXACT = 4;

    /** The first address of localhost; the second one is tried where nobody listens on that. */
    private static final int FIRST = 4;

    public ServerAddress {
        ports = List.copyOf(ports);
    }

    /**
     * Reads what a client is set to, for instance {@code localhost:11434}, {@code 127.0.0.1} or {@code [::1]:8080}. A port that
     * is none leaves no ports, so that nothing is found.
     */
    public static ServerAddress of(String hostAndPort) {
        String text = hostAndPort.strip();
        int end = text.startsWith("[") ? text.indexOf(']') : -1;
        int colon = text.indexOf(':', Math.max(0, end));
        boolean bareAddress = end < 0 && colon >= 0 && text.indexOf(':', colon + 1) >= 0;
        String name = end > 0 ? text.substring(1, end) : bareAddress || colon < 0 ? text : text.substring(0, colon);
        String port = bareAddress || colon < 0 ? "" : text.substring(colon + 1);
        return new ServerAddress(
                meansLocalhost(name) ? LOCALHOST : name, port.isEmpty() ? PORTS_OF_SCHEMES : port(port));
    }

    private static boolean meansLocalhost(String name) {
        return name.endsWith(".localhost")
                || name.equals("0.0.0.0")
                || name.equals("::")
                || name.equals("0:0:0:0:0:0:0:0");
    }

    private static List<Integer> port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port > 0 && port < 65_536 ? List.of(port) : List.of();
        } catch (NumberFormatException e) {
            return List.of();
        }
    }

    /**
     * Returns how well a listening socket fits, the highest is the one that is reached; 0 if it is not.
     *
     * @param address of the socket
     */
    int fit(InetAddress address) {
        if (name.equals(LOCALHOST)) {
            int first = fit(LOOPBACK, address);
            return first > 0 ? FIRST + first : fit(LOOPBACK_6, address);
        }
        InetAddress asked = literal();
        // A name of this machine: which of its addresses that is only a name service knows.
        return asked == null ? (address.isAnyLocalAddress() ? ANY : OTHER_ADDRESS) : fit(asked, address);
    }

    private static int fit(InetAddress asked, InetAddress address) {
        if (address.equals(asked)) {
            return EXACT;
        }
        if (!address.isAnyLocalAddress()) {
            return NOT;
        }
        boolean sameFamily = address.getClass() == asked.getClass();
        // A socket of IPv6 takes calls of IPv4 as well, unless it is told not to; never the other way round.
        return sameFamily ? ANY : address.getAddress().length == 16 ? ANY_OF_BOTH : NOT;
    }

    private @Nullable InetAddress literal() {
        if (!isFourNumbers(name) && name.indexOf(':') < 0) {
            return null;
        }
        try {
            return InetAddress.getByName(name.indexOf(':') < 0 ? name : '[' + name + ']');
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Only what certainly is an address may be given to the JDK, which asks the name service for all else. */
    private static boolean isFourNumbers(String text) {
        int parts = 1;
        int digits = 0;
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && digits > 0) {
                parts++;
                digits = 0;
                value = 0;
            } else if (c >= '0' && c <= '9' && digits < 3) {
                digits++;
                value = value * 10 + (c - '0');
            } else {
                return false;
            }
            if (value > 255) {
                return false;
            }
        }
        return parts == 4 && digits > 0;
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e); // neither 4 nor 16 bytes
        }
    }
}
