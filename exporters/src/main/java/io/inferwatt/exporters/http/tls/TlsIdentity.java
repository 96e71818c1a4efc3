package io.inferwatt.exporters.http.tls;

import io.inferwatt.core.net.HostLogging;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.http.secrets.Reloading;
import io.inferwatt.exporters.http.secrets.SecretFile;
import io.inferwatt.exporters.http.tls.KeyPairFiles.KeyPair;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;

/**
 * TLS 1.3 and 1.2 with the certificate of two files. Only suites with forward secrecy and authenticated encryption are offered,
 * as RFC 9325 asks. Safe from all threads.
 */
public final class TlsIdentity {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
    private static final int SESSIONS = 128;

    private final Reloading<SSLContext> contexts;

    private TlsIdentity(Reloading<SSLContext> contexts) {
        this.contexts = contexts;
    }

    /**
     * Reads both files.
     *
     * @param warnings takes a line if others can read the key, if the certificate is out of date, and for each change that
     *     cannot be used
     * @return empty if neither is given
     * @throws BadSecretException if only one is given, or they cannot be used
     */
    public static Optional<TlsIdentity> of(Optional<Path> certificate, Optional<Path> key, Consumer<String> warnings)
            throws BadSecretException {
        return of(certificate, key, warnings, System::nanoTime);
    }

    static Optional<TlsIdentity> of(
            Optional<Path> certificate, Optional<Path> key, Consumer<String> warnings, LongSupplier nanoTime)
            throws BadSecretException {
        if (certificate.isEmpty() && key.isEmpty()) {
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            throw new BadSecretException("http.tls: " + (key.isEmpty() ? "http.tls.key" : "http.tls.certificate")
                    + " is not set; allowed: both http.tls.certificate and http.tls.key, or neither");
        }
        SecretFile keyFile = new SecretFile("http.tls.key", key.get());
        KeyPairFiles files = new KeyPairFiles(new SecretFile("http.tls.certificate", certificate.get()), keyFile);
        Reloading<SSLContext> contexts = new Reloading<>(
                List.of(files.certificate(), keyFile),
                () -> HostLogging.asHost(() -> context(files, warnings)),
                warnings,
                nanoTime);
        keyFile.exposure().ifPresent(warnings);
        return Optional.of(new TlsIdentity(contexts));
    }

    private static SSLContext context(KeyPairFiles files, Consumer<String> warnings) throws BadSecretException {
        KeyPair pair = files.read();
        try {
            pair.chain().get(0).checkValidity();
        } catch (CertificateException e) {
            warnings.accept(files.certificate().key() + ": the certificate in "
                    + files.certificate().path() + " is not valid now (" + e.getMessage()
                    + "); it is used, and clients will refuse it");
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new OneKey(pair)}, new TrustManager[0], null);
            context.getServerSessionContext().setSessionCacheSize(SESSIONS);
            return context;
        } catch (GeneralSecurityException e) {
            throw new BadSecretException("http.tls: this Java runtime has no TLS (" + e.getMessage() + ")");
        }
    }

    /** Returns the server's side of one more connection. */
    public SSLEngine engine() {
        SSLEngine engine = contexts.latest().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(PROTOCOLS);
        engine.setEnabledCipherSuites(Arrays.stream(engine.getEnabledCipherSuites())
                .filter(TlsIdentity::isModern)
                .toArray(String[]::new));
        return engine;
    }

    private static boolean isModern(String suite) {
        boolean forwardSecret =
                suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_") || suite.startsWith("TLS_ECDHE_");
        return forwardSecret && (suite.contains("_GCM_") || suite.contains("_CHACHA20_"));
    }

    /** Tells whether it is time for {@link #lookAtFiles}. */
    public boolean isDue() {
        return contexts.isDue();
    }

    /** Takes over files that have changed. Reads a disk. */
    public void lookAtFiles() {
        contexts.current();
    }
}
