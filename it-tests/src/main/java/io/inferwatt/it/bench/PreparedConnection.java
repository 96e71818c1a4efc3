package io.inferwatt.it.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/**
 * One kept connection of HTTP/1.1 that does little besides sending and receiving, since it runs on the service's processors. For
 * one thread at a time.
 */
final class PreparedConnection implements Closeable {

    private static final String OK = "HTTP/1.1 200 ";
    private static final String LENGTH = "\r\ncontent-length:";
    private static final String END = "\r\n\r\n";
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private byte[] buffer = new byte[16 * 1024];
    private int filled;

    PreparedConnection(URI service) throws IOException {
        socket = new Socket(service.getHost(), service.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /**
     * Sends a request and reads the whole answer.
     *
     * @throws IOException if that is another than 200, or has no length
     */
    void ask(byte[] request) throws IOException {
        socket.getOutputStream().write(request);
        filled = 0;
        int headerEnd = readHeader();
        String header = new String(buffer, 0, headerEnd, ISO_8859_1);
        if (!header.startsWith(OK)) {
            throw new IOException(
                    "the service answered " + header.lines().findFirst().orElse("nothing"));
        }
        readUntil(headerEnd + length(header));
    }

    private int readHeader() throws IOException {
        int searched = 0;
        while (true) {
            read();
            int end = indexOfEnd(searched);
            if (end >= 0) {
                return end;
            }
            searched = Math.max(0, filled - END.length());
        }
    }

    /** Returns where the body begins, or -1. */
    private int indexOfEnd(int from) {
        for (int i = from; i + END.length() <= filled; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                return i + END.length();
            }
        }
        return -1;
    }

    private static int length(String header) throws IOException {
        String lower = header.toLowerCase(Locale.ROOT);
        int begin = lower.indexOf(LENGTH);
        if (begin < 0) {
            throw new IOException("an answer without a length");
        }
        begin += LENGTH.length();
        return Integer.parseInt(
                lower.substring(begin, lower.indexOf('\r', begin)).strip());
    }

    private void readUntil(int end) throws IOException {
        while (filled < end) {
            read();
        }
    }

    private void read() throws IOException {
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        InputStream in = socket.getInputStream();
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count < 0) {
            throw new IOException("the service closed the connection");
        }
        filled += count;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
