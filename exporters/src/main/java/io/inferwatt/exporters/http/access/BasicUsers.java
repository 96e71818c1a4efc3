package io.inferwatt.exporters.http.access;

import io.inferwatt.exporters.http.access.Access.Verdict;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.http.secrets.SecretFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The users of a file, a line {@code user:hash} each. A password that was right is known again by a quick digest with a key of this
 * process, so that a scrape each second hashes nothing. Safe from all threads.
 */
final class BasicUsers {

    private static final String ALLOWED =
            "; allowed: lines user:$pbkdf2-sha256$…, as 'java -jar inferwatt-agent.jar password USER' prints them";

    private final Map<String, PasswordHash> users;
    private final PasswordHash nobody;
    private final QuickDigest digest = new QuickDigest();
    private final Map<String, byte[]> proven = new ConcurrentHashMap<>();

    private BasicUsers(Map<String, PasswordHash> users) {
        this.users = users;
        // What a user who is not there costs must not differ, or names could be guessed by the clock.
        nobody = users.values().iterator().next();
    }

    static BasicUsers read(SecretFile file) throws BadSecretException {
        List<String> entries = file.entries();
        Map<String, PasswordHash> users = new HashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            int colon = entry.indexOf(':');
            PasswordHash hash = colon < 1 ? null : PasswordHash.parse(entry.substring(colon + 1));
            if (hash == null || users.put(utf8(entry.substring(0, colon)), hash) != null) {
                throw file.bad(
                        "entry " + (i + 1) + (hash == null ? " is not understood" : " has a user twice") + ALLOWED);
            }
        }
        if (users.isEmpty()) {
            throw file.bad("names no user" + ALLOWED);
        }
        return new BasicUsers(users);
    }

    /** File and header are read byte by byte; both hold UTF-8. */
    private static String utf8(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /**
     * Checks what follows {@code Basic} in the header.
     *
     * @param client who asks, for the pace
     */
    Verdict check(String credentials, Object client, HashPace pace) {
        byte[] decoded;
        try {
            decoded = Base64.getDecoder().decode(credentials);
        } catch (IllegalArgumentException e) {
            return Verdict.UNKNOWN;
        }
        String pair = new String(decoded, StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon < 0 || colon == pair.length() - 1) {
            return Verdict.UNKNOWN; // an empty password is nobody's
        }
        String user = pair.substring(0, colon);
        String password = pair.substring(colon + 1);
        byte[] quick = digest.of(password);
        byte[] known = proven.get(user);
        if (known != null && MessageDigest.isEqual(known, quick)) {
            return Verdict.ALLOWED;
        }
        if (!pace.begin(client)) {
            return Verdict.LATER;
        }
        boolean right = false;
        try {
            right = isRight(user, password);
        } finally {
            pace.done(client, right);
        }
        if (!right) {
            return Verdict.UNKNOWN;
        }
        proven.put(user, quick);
        return Verdict.ALLOWED;
    }

    private boolean isRight(String user, String password) {
        PasswordHash hash = users.get(user);
        char[] letters = password.toCharArray();
        try {
            return (hash == null ? nobody : hash).matches(letters) && hash != null;
        } finally {
            Arrays.fill(letters, '\0');
        }
    }
}
