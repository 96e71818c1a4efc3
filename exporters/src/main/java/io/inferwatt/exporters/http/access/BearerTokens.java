package io.inferwatt.exporters.http.access;

import io.inferwatt.exporters.http.access.Access.Verdict;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.http.secrets.SecretFile;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/** The tokens of a file, one in each line. Several let an old one run out while clients change. Safe from all threads. */
final class BearerTokens {

    private static final int SHORTEST = 16;
    private static final int LONGEST = 1024;

    private final QuickDigest digest = new QuickDigest();
    private final List<byte[]> tokens = new ArrayList<>();

    private BearerTokens(List<String> entries) {
        entries.forEach(token -> tokens.add(digest.of(token)));
    }

    static BearerTokens read(SecretFile file) throws BadSecretException {
        List<String> entries = file.entries();
        for (int i = 0; i < entries.size(); i++) {
            String token = entries.get(i);
            if (token.length() < SHORTEST
                    || token.length() > LONGEST
                    || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
                throw file.bad("entry " + (i + 1) + " is no token; allowed: " + SHORTEST + " to " + LONGEST
                        + " letters, digits and signs without blanks, such as 'openssl rand -hex 32' prints");
            }
        }
        if (entries.isEmpty()) {
            throw file.bad("holds no token; allowed: one in each line");
        }
        return new BearerTokens(entries);
    }

    Verdict check(String token) {
        byte[] presented = digest.of(token);
        boolean found = false;
        for (byte[] known : tokens) {
            found |= MessageDigest.isEqual(known, presented);
        }
        return found ? Verdict.ALLOWED : Verdict.UNKNOWN;
    }
}
