package io.inferwatt.core.call;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a request was made.
 *
 * @param hash of the tenant's name with a secret, 0 for nobody
 * @param name as in the settings if it is told apart by name there, else empty
 */
public record Tenant(long hash, String name) {

    /** Nobody was told. */
    public static final Tenant NONE = new Tenant(0, "");

    // Written out: what the compiler makes for a record costs tens of milliseconds at the first use.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tenant tenant && hash == tenant.hash && name.equals(tenant.name);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    /** Returns whether there is one. */
    public boolean isKnown() {
        return hash != 0;
    }

    /** Returns what stands for it in labels: its name, {@code other} without one, {@code none} for nobody. */
    public String label() {
        return hash == 0 ? "none" : name.isEmpty() ? "other" : name;
    }
}
