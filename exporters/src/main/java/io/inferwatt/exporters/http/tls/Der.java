package io.inferwatt.exporters.http.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** As much of DER (X.690) as turning an old form of private keys into PKCS #8 takes. */
final class Der {

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_0 = {2, 1, 0};

    private Der() {}

    /**
     * Returns a private key as PKCS #8 (RFC 5958): version, algorithm, key.
     *
     * @param publicKey a SubjectPublicKeyInfo (RFC 5280), which begins with the same algorithm and its parameters
     * @param privateKey in the form of RFC 8017 or RFC 5915
     */
    static byte[] pkcs8(byte[] publicKey, byte[] privateKey) {
        int begin = contentOf(publicKey, 0);
        int end = endOf(publicKey, begin);
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(VERSION_0);
        parts.writeBytes(Arrays.copyOfRange(publicKey, begin, end));
        parts.writeBytes(element(OCTETS, privateKey));
        return element(SEQUENCE, parts.toByteArray());
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.length;
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >> 8);
            out.write(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static int contentOf(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    private static int endOf(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        int content = contentOf(der, at);
        int length = first < 0x80 ? first : 0;
        for (int i = at + 2; first >= 0x80 && i < content; i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return content + length;
    }
}
