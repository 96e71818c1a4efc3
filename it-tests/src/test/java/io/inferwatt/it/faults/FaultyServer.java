package io.inferwatt.it.faults;

import io.inferwatt.core.testservers.Connections;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Answers each request badly in another way while it is told to, and well otherwise: a stand-in for all servers that figures go to. */
final class FaultyServer implements AutoCloseable {

    private static final int HANG_MILLIS = 3000;

    /** Ways to answer badly. */
    enum Fault {
        ERROR_500,
        TOO_MANY_429,
        REFUSED_400,
        REDIRECT,
        NO_HTTP,
        SILENT_CLOSE,
        HALF_AN_ANSWER,
        HANG,
        ENDLESS_HEAD,
        LARGE_BODY
    }

    private final Connections connections = Connections.open("faulty-server");
    private final Random random;
    private final Map<Fault, Integer> faults = new EnumMap<>(Fault.class);
    private final AtomicInteger good = new AtomicInteger();
    private volatile boolean faulty;

    private FaultyServer(long seed) {
        random = new Random(seed);
    }

    static FaultyServer start(long seed) {
        FaultyServer server = new FaultyServer(seed);
        server.connections.serveBy(server::serve);
        return server;
    }

    String address() {
        return connections.uri().toString();
    }

    void beFaulty(boolean whether) {
        faulty = whether;
    }

    /** Returns how many requests were answered well. */
    int good() {
        return good.get();
    }

    synchronized Map<Fault, Integer> faults() {
        return new EnumMap<>(faults);
    }

    private void serve(Socket client) throws IOException {
        client.setSoTimeout(HANG_MILLIS);
        InputStream in = client.getInputStream();
        int length = contentLength(in);
        in.readNBytes(length);
        answer(client.getOutputStream(), in);
    }

    private static int contentLength(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        for (String line : head.toString().toLowerCase(Locale.ROOT).split("\r\n", -1)) {
            if (line.startsWith("content-length:")) {
                return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return 0;
    }

    private void answer(OutputStream out, InputStream in) throws IOException {
        Fault fault = next();
        if (fault == null) {
            good.incrementAndGet();
            out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            return;
        }
        switch (fault) {
            case ERROR_500 ->
                out.write(ascii("HTTP/1.1 500 Oops\r\nContent-Length: 4\r\nConnection: close\r\n\r\noops"));
            case TOO_MANY_429 ->
                out.write(
                        ascii("HTTP/1.1 429 Slow\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            case REFUSED_400 -> out.write(ascii("HTTP/1.1 400 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            case REDIRECT ->
                out.write(ascii("HTTP/1.1 302 Found\r\nLocation: " + address()
                        + "/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
            case NO_HTTP -> out.write(new byte[] {0, 1, 2, (byte) 0xff, '\r', '\n', '\r', '\n'});
            case SILENT_CLOSE -> {
                // nothing at all
            }
            case HALF_AN_ANSWER -> out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nha"));
            case HANG -> {
                int unused = in.read(); // until the client or the socket's time-out ends it
            }
            case ENDLESS_HEAD -> {
                out.write(ascii("HTTP/1.1 200 OK\r\n"));
                for (int i = 0; i < 20_000; i++) {
                    out.write(ascii("X-More-" + i + ": " + "x".repeat(50) + "\r\n"));
                }
            }
            case LARGE_BODY -> {
                out.write(ascii("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"));
                byte[] block = new byte[64 * 1024];
                for (int i = 0; i < 300; i++) {
                    out.write(block);
                }
            }
        }
    }

    private synchronized @Nullable Fault next() {
        if (!faulty) {
            return null;
        }
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        faults.merge(fault, 1, Integer::sum);
        return fault;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        connections.close();
    }
}
