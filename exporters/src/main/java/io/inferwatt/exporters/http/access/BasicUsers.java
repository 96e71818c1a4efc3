package io.inferwatt.exporters.http.access;

import io.inferwatt.exporters.http.access.Access.Verdict;
import io.inferwatt.exporters.http.secrets.BadSecretException;
import io.inferwatt.exporters.http.secrets.SecretFile;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The users of a file, a line {@code user:hash} each. A password that was right is known again by a quick digest with a key of this
 * process, so that a scrape each second hashes nothing. Safe from all threads.
 */
final class BasicUsers {

    private static final String ALLOWED =
            "; allowed: lines user:$pbkdf2-sha256$…, as 'java -jar inferwatt-agent.jar password USER' prints them";

    private final Map<String, PasswordHash> users;
    private final PasswordHash dearest;
    private final Proven proven;

    private BasicUsers(Map<String, PasswordHash> users, Proven proven) {
        this.users = users;
        this.proven = proven;
        dearest = Collections.max(users.values(), Comparator.comparingInt(PasswordHash::iterations));
        proven.quick.keySet().retainAll(users.values());
    }

    /** The passwords that were right, by their hash; those of hashes that are still there outlive a change of the file. */
    static final class Proven {

        private final QuickDigest digest = new QuickDigest();
        private final Map<PasswordHash, byte[]> quick = new ConcurrentHashMap<>();
    }

    /**
     * Reads the users.
     *
     * @param proven of this file when it was read before
     */
    static BasicUsers read(SecretFile file, Proven proven) throws BadSecretException {
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
        return new BasicUsers(users, proven);
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
        PasswordHash hash = users.get(user);
        byte[] quick = proven.digest.of(password);
        byte[] known = hash == null ? null : proven.quick.get(hash);
        if (known != null && MessageDigest.isEqual(known, quick)) {
            return Verdict.ALLOWED;
        }
        String paced = hash == null ? "" : user; // nobody's name is empty
        if (!pace.begin(paced, client)) {
            return Verdict.LATER;
        }
        boolean right = false;
        try {
            right = isRight(hash, password);
        } finally {
            pace.done(paced, client, right);
        }
        if (!right || hash == null) {
            return Verdict.UNKNOWN;
        }
        proven.quick.put(hash, quick);
        return Verdict.ALLOWED;
    }

    private boolean isRight(@Nullable PasswordHash hash, String password) {
        char[] letters = password.toCharArray();
        try {
            boolean right = (hash == null ? dearest : hash).matches(letters) && hash != null;
            if (!right) {
                dearest.spend(letters, missing(hash));
            }
            return right;
        } finally {
            Arrays.fill(letters, '\0');
        }
    }

    /** Returns how many iterations a wrong password has to cost beside its own, so that the clock tells no names. */
    private int missing(@Nullable PasswordHash tried) {
        return tried == null ? 0 : dearest.iterations() - tried.iterations();
    }

    /** Returns how many iterations a wrong password of this name costs. */
    int iterationsOfWrong(String user) {
        PasswordHash hash = users.get(user);
        return (hash == null ? dearest : hash).iterations() + missing(hash);
    }
}
