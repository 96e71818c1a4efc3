package io.inferwatt.core.fuzz;

import io.inferwatt.core.testservers.Connections;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

/** A server on loopback whose answers to HTTP are broken, or have no end, by chance. */
public final class HostileServer implements AutoCloseable {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final long PAUSE_NANOS = 5_000_000;

    private final Connections connections = Connections.open("hostile-server");
    private final byte[] bomb = bomb();
    private volatile Mangler mangler = new Mangler(0);
    private volatile String valid = "{}";
    private volatile boolean kind;

    public HostileServer() {
        connections.serveBy(this::serve);
    }

    public URI uri() {
        return connections.uri();
    }

    /** Chooses how the next connections are answered; the valid body is part of some answers. */
    public void answerBy(Mangler chance, String body) {
        mangler = chance;
        valid = body;
        kind = false;
    }

    /** Answers as one should from now on. */
    public void answerWell(String body) {
        valid = body;
        kind = true;
    }

    private void serve(Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        if (kind) {
            readHead(client);
            out.write(ok(valid));
        } else {
            synchronized (this) { // one chance, whoever asks
                if (mangler.below(4) > 0) {
                    readHead(client);
                }
            }
            answer(client, out);
        }
    }

    /** What comes after the head stays unread. */
    private static void readHead(Socket client) throws IOException {
        client.setSoTimeout(1000);
        int last = 0;
        for (int next = client.getInputStream().read();
                next >= 0;
                next = client.getInputStream().read()) {
            last = last << 8 | next;
            if (last == 0x0d0a0d0a) {
                return;
            }
        }
    }

    private static byte[] ok(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return concat(ascii(OK + "Content-Length: " + bytes.length + "\r\n\r\n"), bytes);
    }

    private void answer(Socket client, OutputStream out) throws IOException {
        Mangler chance = mangler;
        switch (chance.below(22)) {
            case 0 -> out.write(chance.anyBytes());
            case 1, 2 -> out.write(chance.bytes(ok(valid)));
            case 3 ->
                out.write(chance.text(new String(ok(valid), StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
            case 4 -> withoutEnd(out, OK + "\r\n", "[".repeat(8192));
            case 5 ->
                withoutEnd(out, OK + "Transfer-Encoding: chunked\r\n\r\n", "1000\r\n" + "a".repeat(4096) + "\r\n");
            case 6 -> out.write(ascii(OK + "Content-Length: 100000000\r\n\r\n" + valid)); // cut off
            case 7 -> out.write(ascii(OK + "Content-Length: " + chance.number() + "\r\n\r\n" + valid));
            case 8 -> out.write(ascii(OK + "Content-Length: 2\r\nContent-Length: 2000\r\n\r\n" + valid));
            case 9 ->
                out.write(ascii(OK + "Transfer-Encoding: chunked\r\n\r\n"
                        + chance.text("10\r\n0123456789abcdef\r\n0\r\n\r\n")));
            case 10 ->
                out.write(concat(
                        ascii(OK + "Content-Encoding: gzip\r\nContent-Length: " + bomb.length + "\r\n\r\n"), bomb));
            case 11 ->
                out.write(ascii("HTTP/1.1 " + chance.oneOf("301", "302", "307", "308", "300") + " Away\r\nLocation: "
                        + chance.oneOf(
                                "/",
                                uri().toString(),
                                "file:///etc/passwd",
                                "ftp://x/",
                                chance.bit().strip())
                        + "\r\nContent-Length: 0\r\n\r\n"));
            case 12 -> withoutEnd(out, OK, "X-More: " + "a".repeat(2000) + "\r\n");
            case 13 -> withoutEnd(out, OK + "X-Long: ", "a".repeat(8192));
            case 14 -> withoutEnd(out, "", "HTTP/1.1 100 Continue\r\n\r\n");
            case 15 -> drip(out, ok(valid));
            case 16 -> client.setSoLinger(true, 0); // reset
            case 17 -> LockSupport.parkNanos(20 * PAUSE_NANOS);
            case 18 ->
                out.write(ascii("HTTP/1.1 401 No\r\nWWW-Authenticate: "
                        + chance.oneOf(
                                "Basic realm=\"x\"",
                                "Digest realm=\"x\", nonce=\"y\"",
                                "NTLM",
                                "Negotiate",
                                "\0",
                                ",,,=")
                        + "\r\nContent-Length: 0\r\n\r\n"));
            case 19 -> out.write(ascii("HTTP/1.1 " + chance.number() + " Odd\r\nContent-Length: 2\r\n\r\n{}"));
            case 20 ->
                out.write(ascii(
                        "HTTP/1.1 503 Later\r\nRetry-After: " + chance.number() + "\r\nContent-Length: 0\r\n\r\n"));
            default -> out.write(ok(valid));
        }
    }

    private void withoutEnd(OutputStream out, String begin, String piece) throws IOException {
        out.write(ascii(begin));
        byte[] bytes = ascii(piece);
        while (!connections.areClosed()) {
            out.write(bytes);
        }
    }

    private void drip(OutputStream out, byte[] bytes) throws IOException {
        for (int i = 0; i < bytes.length && !connections.areClosed(); i++) {
            out.write(bytes[i]);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(first);
        all.writeBytes(second);
        return all.toByteArray();
    }

    /** A hundred megabytes of blanks in a hundred kilobytes. */
    private static byte[] bomb() {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] blanks = new byte[1 << 20];
            for (int i = 0; i < 100; i++) {
                gzip.write(blanks);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    @Override
    public void close() {
        connections.close();
    }
}
