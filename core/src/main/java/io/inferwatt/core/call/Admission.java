package io.inferwatt.core.call;

import org.jspecify.annotations.Nullable;

/** Says whether a request may begin. Asked on threads of the application at each begin of a request: quick, without waiting. */
@FunctionalInterface
public interface Admission {

    /**
     * Returns why a request may not begin, for a person; null if it may.
     *
     * @param tenants tells on whose behalf; to be asked only where that matters
     */
    @Nullable
    String refusal(ModelKey key, TenantLookup tenants);
}
