package io.inferwatt.core.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request that ends: within a time however slowly the server talks, and with a body of bounded size. Follows no redirect, asks no
 * authenticator of the application, holds no connection. Of the JDK's oldest client, which needs no thread and no module beyond
 * {@code java.base}; it goes through the proxy that the JVM is set to.
 *
 * @param headers may hold secrets: never printed
 * @param body null for a GET, else a POST
 */
public record HttpRequest(
        URI uri, Map<String, String> headers, @Nullable String body) {

    /** From the first packet to the last. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private static final int LARGEST_BODY_BYTES = 4 << 20;

    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    public static HttpRequest get(URI uri) {
        return new HttpRequest(uri, Map.of(), null);
    }

    public static HttpRequest post(URI uri, String contentType, String body) {
        return new HttpRequest(uri, Map.of("Content-Type", contentType), body);
    }

    /** Returns the same request with one more header. */
    public HttpRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpRequest(uri, more, body);
    }

    /**
     * Sends it and reads the answer, of whatever status.
     *
     * @throws IOException if there is none in time, or none that can be read; the message names no header
     */
    public HttpAnswer send() throws IOException {
        return send(DEADLINE);
    }

    /** As {@link #send()}, with another time limit. */
    public HttpAnswer send(Duration deadline) throws IOException {
        long endNanos = System.nanoTime() + deadline.toNanos();
        URLConnection opened = uri.toURL().openConnection();
        if (!(opened instanceof HttpURLConnection connection)) {
            throw new IOException(uri.getScheme() + " is neither http nor https");
        }
        try {
            connection.setConnectTimeout(left(endNanos));
            connection.setReadTimeout(left(endNanos));
            connection.setInstanceFollowRedirects(false);
            connection.setUseCaches(false);
            connection.setAuthenticator(new Nobody());
            connection.setRequestProperty("Connection", "close");
            connection.setRequestProperty("Accept", "application/json, text/plain;q=0.5, */*;q=0.1");
            connection.setRequestProperty("User-Agent", "inferwatt");
            headers.forEach(connection::setRequestProperty);
            if (body != null) {
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                connection.setRequestMethod("POST");
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(bytes.length);
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(bytes);
                }
            }
            int status = connection.getResponseCode();
            return new HttpAnswer(status, read(connection, status, endNanos), retryAfter(connection));
        } finally {
            connection.disconnect();
        }
    }

    private static String read(HttpURLConnection connection, int status, long endNanos) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            if (in == null) {
                return "";
            }
            byte[] piece = new byte[8192];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                read.write(piece, 0, length);
                if (read.size() > LARGEST_BODY_BYTES) {
                    throw new IOException("the answer is larger than " + LARGEST_BODY_BYTES + " bytes");
                }
                connection.setReadTimeout(left(endNanos));
            }
        }
        return read.toString(StandardCharsets.UTF_8);
    }

    private static long retryAfter(HttpURLConnection connection) {
        return Math.max(0, connection.getHeaderFieldLong("Retry-After", 0));
    }

    private static int left(long endNanos) throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
        if (millis <= 0) {
            throw new SocketTimeoutException("the answer takes too long");
        }
        return (int) Math.min(Integer.MAX_VALUE, millis);
    }

    /** Without one of its own a connection asks that of the application. */
    private static final class Nobody extends Authenticator {}
}
