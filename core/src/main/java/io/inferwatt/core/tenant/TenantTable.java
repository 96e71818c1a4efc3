package io.inferwatt.core.tenant;

import io.inferwatt.core.call.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns names of tenants into hashes, and those on the operator's list back into names. Safe from all threads; immutable. */
public final class TenantTable {

    /** So much of a name is looked at: what stands in a header may be of any length. */
    private static final int LONGEST_NAME = 200;

    private static final int KEY_BYTES = 16;

    private final SipHash sipHash;
    private final Map<Long, Tenant> named = new HashMap<>();
    private final List<String> names;

    private TenantTable(SipHash sipHash, Collection<String> names) {
        this.sipHash = sipHash;
        this.names = new ArrayList<>(Set.copyOf(names));
        for (String name : this.names) {
            long hash = hash(name);
            named.put(hash, new Tenant(hash, name));
        }
    }

    /**
     * Makes a table.
     *
     * @param names that are told apart
     * @param salt secret text that goes into the hashes; null for one that nobody knows, new at each start
     */
    public static TenantTable of(Collection<String> names, @Nullable String salt) {
        byte[] key = salt == null ? Secret.ofBytes(KEY_BYTES) : Arrays.copyOf(sha256(salt), KEY_BYTES);
        return new TenantTable(new SipHash(number(key, 0), number(key, 8)), names);
    }

    /** Returns the hash of a name, never 0 unless the name is blank or null, which is nobody. */
    public long hash(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return 0;
        }
        CharSequence text = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
        long hash = sipHash.hash(text);
        return hash == 0 ? 1 : hash;
    }

    /** Returns the tenant of a hash. */
    public Tenant of(long hash) {
        if (hash == 0) {
            return Tenant.NONE;
        }
        Tenant known = named.get(hash);
        return known == null ? new Tenant(hash, "") : known;
    }

    /** Returns the names that are told apart, in no order. */
    public List<String> names() {
        return List.copyOf(names);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    private static long number(byte[] bytes, int from) {
        long number = 0;
        for (int i = 7; i >= 0; i--) {
            number = number << 8 | (bytes[from + i] & 0xff);
        }
        return number;
    }
}
