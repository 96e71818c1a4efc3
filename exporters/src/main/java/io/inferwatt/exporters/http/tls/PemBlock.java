package io.inferwatt.exporters.http.tls;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One block of a PEM file (RFC 7468).
 *
 * @param label what stands after BEGIN
 * @param headers whether lines as of RFC 1421 come first, which encrypted keys have
 * @param bytes not copied; empty where they are not base64
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record PemBlock(String label, boolean headers, byte[] bytes) {

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** Returns the blocks of a file in their order; what stands between them is left out. */
    static List<PemBlock> in(String text) {
        List<PemBlock> blocks = new ArrayList<>();
        String label = null;
        boolean headers = false;
        StringBuilder body = new StringBuilder();
        for (String untrimmed : text.lines().toList()) {
            String line = untrimmed.strip();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() > BEGIN.length() + DASHES.length()) {
                label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                headers = false;
                body.setLength(0);
            } else if (label != null && line.startsWith(END)) {
                blocks.add(new PemBlock(label, headers, decoded(body.toString())));
                label = null;
            } else if (line.indexOf(':') >= 0) {
                headers = true;
            } else {
                body.append(line);
            }
        }
        return blocks;
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
