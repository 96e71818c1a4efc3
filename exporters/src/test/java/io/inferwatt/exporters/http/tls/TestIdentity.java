package io.inferwatt.exporters.http.tls;

import io.inferwatt.exporters.http.HttpEndpoint;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Certificates made by openssl for tests, valid for a hundred years, and clients that trust them. */
public final class TestIdentity {

    private TestIdentity() {}

    static Path file(String name) {
        try {
            return Path.of(TestIdentity.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Optional<TlsIdentity> ec(Consumer<String> warnings) {
        try {
            return TlsIdentity.of(Optional.of(file("ec-certificate.pem")), Optional.of(file("ec-key.pem")), line -> {
                if (!line.contains("can be read by every user")) {
                    warnings.accept(line);
                }
            });
        } catch (BadSecretException e) {
            throw new IllegalStateException(e);
        }
    }

    static SSLContext trusting(String... certificates) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        for (String name : certificates) {
            trusted.setCertificateEntry(
                    name,
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file(name)))));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** Returns a connection after its handshake. */
    public static SSLSocket socket(HttpEndpoint endpoint, String... protocols) throws Exception {
        return socket(trusting("ec-certificate.pem", "rsa-certificate.pem"), endpoint, protocols);
    }

    static SSLSocket socket(SSLContext trust, HttpEndpoint endpoint, String... protocols) throws IOException {
        SSLSocket socket = (SSLSocket) trust.getSocketFactory()
                .createSocket("127.0.0.1", endpoint.address().getPort());
        socket.setSoTimeout(30_000);
        if (protocols.length > 0) {
            socket.setEnabledProtocols(protocols);
        }
        socket.startHandshake();
        return socket;
    }

    /** Returns the body of a page. */
    public static String get(HttpEndpoint endpoint, String path) throws Exception {
        try (Socket socket = socket(endpoint)) {
            String answer = ask(socket, path);
            return answer.substring(answer.indexOf("\r\n\r\n") + 4);
        }
    }

    static String ask(Socket socket, String path, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + more + "Connection: close\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Returns what a client of TLS sends first. */
    public static byte[] clientHello() throws Exception {
        SSLEngine engine = trusting().createSSLEngine("localhost", 443);
        engine.setUseClientMode(true);
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }

    /** Copies a file in place of another, as tools that renew certificates do. */
    static void replace(Path target, String with) {
        try {
            Path fresh = Files.createTempFile(target.getParent(), "fresh", ".pem");
            Files.write(fresh, Files.readAllBytes(file(with)));
            Files.move(fresh, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
