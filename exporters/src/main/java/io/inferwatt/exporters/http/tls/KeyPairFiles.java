package io.inferwatt.exporters.http.tls;

import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.http.secrets.SecretFile;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a certificate with those that signed it, and its private key: PKCS #8, or the older forms of RSA and EC keys. A key
 * that does not fit its certificate is found here and not by the first client.
 */
record KeyPairFiles(SecretFile certificate, SecretFile key) {

    private static final String KEY_ALLOWED = "; allowed: a private key of kind RSA or EC in PEM, not encrypted";

    KeyPair read() throws BadSecretException {
        List<X509Certificate> chain = chain();
        return new KeyPair(chain, key(chain.get(0).getPublicKey()));
    }

    private List<X509Certificate> chain() throws BadSecretException {
        List<X509Certificate> chain = new ArrayList<>();
        for (PemBlock block : PemBlock.in(certificate.text())) {
            if (!block.label().equals("CERTIFICATE")) {
                continue;
            }
            try {
                chain.add((X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(block.bytes())));
            } catch (CertificateException e) {
                throw certificate.bad("holds a certificate, number " + (chain.size() + 1)
                        + ", that cannot be read; allowed: certificates in PEM, the endpoint's own first");
            }
        }
        if (chain.isEmpty()) {
            throw certificate.bad("holds no certificate; allowed: certificates in PEM, the endpoint's own first");
        }
        return chain;
    }

    private PrivateKey key(PublicKey ofCertificate) throws BadSecretException {
        for (PemBlock block : PemBlock.in(key.text())) {
            if (!block.label().endsWith("PRIVATE KEY")) {
                continue;
            }
            if (block.headers() || block.label().startsWith("ENCRYPTED")) {
                throw key.bad("holds an encrypted key, and there is nobody to ask for its password" + KEY_ALLOWED);
            }
            boolean old =
                    block.label().equals("RSA PRIVATE KEY") || block.label().equals("EC PRIVATE KEY");
            return fitting(ofCertificate, block.bytes(), old);
        }
        throw key.bad("holds no private key" + KEY_ALLOWED);
    }

    private PrivateKey fitting(PublicKey ofCertificate, byte[] bytes, boolean old) throws BadSecretException {
        String algorithm = ofCertificate.getAlgorithm();
        if (!algorithm.equals("RSA") && !algorithm.equals("EC")) {
            throw certificate.bad("is for a key of kind " + algorithm + "; allowed: RSA, EC");
        }
        try {
            byte[] pkcs8 = old ? Der.pkcs8(ofCertificate.getEncoded(), bytes) : bytes;
            PrivateKey privateKey = KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (!sign(privateKey, ofCertificate)) {
                throw key.bad("is not the key of the certificate in " + certificate.path());
            }
            return privateKey;
        } catch (GeneralSecurityException | RuntimeException e) {
            throw key.bad("holds a key that cannot be read, or is not that of the certificate in " + certificate.path()
                    + KEY_ALLOWED);
        }
    }

    private static boolean sign(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        Signature signature =
                Signature.getInstance(publicKey.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        byte[] anything = {4, 2};
        signature.initSign(privateKey);
        signature.update(anything);
        byte[] signed = signature.sign();
        signature.initVerify(publicKey);
        signature.update(anything);
        return signature.verify(signed);
    }

    /** @param chain the endpoint's own first */
    record KeyPair(List<X509Certificate> chain, PrivateKey key) {

        KeyPair {
            chain = List.copyOf(chain);
        }
    }
}
