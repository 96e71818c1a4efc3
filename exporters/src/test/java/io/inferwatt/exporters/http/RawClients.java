package io.inferwatt.exporters.http;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Clients that send the bytes they are told to, and nothing else. */
final class RawClients implements AutoCloseable {

    private static final int LONGEST_MILLIS = 30_000;

    private final int port;
    private final List<Socket> open = new ArrayList<>();

    RawClients(HttpEndpoint endpoint) {
        port = endpoint.address().getPort();
    }

    /** Sends bytes and leaves the connection as it is. */
    Socket send(String bytes) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        open.add(client);
        client.setSoTimeout(LONGEST_MILLIS);
        client.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
        return client;
    }

    /** Sends bytes and returns all that comes until the endpoint closes; empty if it closes without a word. */
    String exchange(String bytes) throws IOException {
        try (Socket client = send(bytes)) {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (SocketException reset) {
            return "";
        }
    }

    /** Sends a head of these lines and returns the answer. */
    String ask(String... lines) throws IOException {
        return exchange(String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n");
    }

    String get(String path) throws IOException {
        return ask("GET " + path + " HTTP/1.1", "Host: localhost");
    }

    @Override
    public void close() throws IOException {
        for (Socket client : open) {
            client.close();
        }
        open.clear();
    }
}
