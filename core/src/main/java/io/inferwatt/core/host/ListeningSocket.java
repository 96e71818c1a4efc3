package io.inferwatt.core.host;

import io.inferwatt.core.input.Bounded;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringTokenizer;

/**
 * A TCP socket that waits for connections in the network namespace of this process.
 *
 * @param inode its number, by which the processes that hold it can be found
 * @param port it listens on
 * @param userId of the user that opened it
 */
record ListeningSocket(long inode, int port, long userId) {

    /** Several times what the listening sockets of the busiest machines take. */
    private static final long MOST_BYTES = 4 << 20;

    private static final String LISTEN = "0A";

    /** A connection that is being opened; kernels before 4.4 list these among the listening sockets. */
    private static final String SYN_RECEIVED = "03";

    /**
     * Returns the sockets that a call to an address reaches; none if nobody listens there. There are several where IPv4 and IPv6
     * or several processes share a port.
     *
     * @throws IOException if there is no list of sockets, as where there is no Linux
     */
    static List<ListeningSocket> reachedBy(ServerAddress address, Path procRoot) throws IOException {
        List<Fitting> all = new ArrayList<>();
        Path net = procRoot.resolve("net");
        read(net.resolve("tcp"), address, all);
        if (Files.exists(net.resolve("tcp6"))) { // not where the kernel has no IPv6
            read(net.resolve("tcp6"), address, all);
        }
        for (int port : address.ports()) {
            int best = all.stream()
                    .filter(one -> one.socket.port == port)
                    .mapToInt(Fitting::fit)
                    .max()
                    .orElse(0);
            if (best > 0) {
                return all.stream()
                        .filter(one -> one.socket.port == port && one.fit == best)
                        .map(Fitting::socket)
                        .toList();
            }
        }
        return List.of();
    }

    /** The kernel lists listening sockets first, and what follows may be very many connections. */
    private static void read(Path table, ServerAddress address, List<Fitting> into) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Bounded.stream(Files.newInputStream(table), MOST_BYTES), StandardCharsets.ISO_8859_1))) {
            lines.readLine(); // names of columns
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode
                StringTokenizer fields = new StringTokenizer(line);
                if (fields.countTokens() < 10) {
                    continue;
                }
                fields.nextToken();
                String local = fields.nextToken();
                fields.nextToken();
                String state = fields.nextToken();
                if (state.equals(LISTEN)) {
                    add(local, fields, address, into);
                } else if (!state.equals(SYN_RECEIVED)) {
                    return;
                }
            }
        }
    }

    private static void add(String local, StringTokenizer rest, ServerAddress address, List<Fitting> into) {
        int colon = local.indexOf(':');
        try {
            int port = Integer.parseInt(local.substring(colon + 1), 16);
            if (colon > 0 && address.ports().contains(port)) {
                int fit = address.fit(address(local.substring(0, colon)));
                rest.nextToken();
                rest.nextToken();
                rest.nextToken();
                long userId = Long.parseLong(rest.nextToken());
                rest.nextToken();
                long inode = Long.parseLong(rest.nextToken());
                into.add(new Fitting(new ListeningSocket(inode, port, userId), fit));
            }
        } catch (IllegalArgumentException odd) {
            // A line that is not as the kernel writes it tells of no socket.
        }
    }

    /** The kernel writes addresses as words of 32 bits in the byte order of the machine. */
    private static InetAddress address(String hex) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            for (int i = 0; i + 3 < bytes.length; i += 4) {
                swap(bytes, i, i + 3);
                swap(bytes, i + 1, i + 2);
            }
        }
        return ServerAddress.address(bytes); // an IPv4 address mapped into IPv6 becomes one of IPv4
    }

    private static void swap(byte[] bytes, int a, int b) {
        byte kept = bytes[a];
        bytes[a] = bytes[b];
        bytes[b] = kept;
    }

    private record Fitting(ListeningSocket socket, int fit) {}
}
