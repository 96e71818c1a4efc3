package io.inferwatt.core.net;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request that ends: within a time however slowly the server talks, and with a body of bounded size. Follows no redirect, asks no
 * authenticator of the application, holds no connection. Of the JDK's oldest client, which needs no module beyond
 * {@code java.base}; it goes through the proxy that the JVM is set to.
 *
 * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}
 * @param headers may hold secrets: never printed
 * @param body null for none; all of its bytes, not changed by anybody once it is here
 * @param direct whether no proxy is asked, for addresses that mean something on this machine alone
 */
public record HttpRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        @Nullable ByteBuffer body,
        boolean direct) {

    /** From the look-up of the name to the last packet. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    public HttpRequest {
        headers = Map.copyOf(headers);
    }

    public static HttpRequest get(URI uri) {
        return new HttpRequest("GET", uri, Map.of(), null, false);
    }

    public static HttpRequest post(URI uri, String contentType, String body) {
        return new HttpRequest(
                "POST",
                uri,
                Map.of("Content-Type", contentType),
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                false);
    }

    /** Returns a request that sends bytes. */
    public static HttpRequest of(String method, URI uri, String contentType, byte[] body) {
        return new HttpRequest(method, uri, Map.of("Content-Type", contentType), ByteBuffer.wrap(body), false);
    }

    public static HttpRequest delete(URI uri) {
        return new HttpRequest("DELETE", uri, Map.of(), null, false);
    }

    /** Returns a request without a body that changes something, such as asking for a token. */
    public static HttpRequest put(URI uri) {
        return new HttpRequest("PUT", uri, Map.of(), ByteBuffer.allocate(0), false);
    }

    /** Returns the same request with one more header. */
    public HttpRequest with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpRequest(method, uri, more, body, direct);
    }

    /** Returns the same request, which goes through no proxy. */
    public HttpRequest withoutProxy() {
        return new HttpRequest(method, uri, headers, body, true);
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
        return Exchange.of(this, deadline);
    }

    /** Returns method and host: the rest may hold secrets. */
    @Override
    public String toString() {
        return method + ' ' + uri.getScheme() + "://" + uri.getHost();
    }
}
