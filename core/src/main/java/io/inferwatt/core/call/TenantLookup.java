package io.inferwatt.core.call;

/** Tells on whose behalf the calling thread works. Asked on threads of the application at each begin of a request. */
@FunctionalInterface
public interface TenantLookup {

    /** Nobody is ever told. */
    TenantLookup NOBODY = new Nobody();

    /** Returns the hash of the tenant, 0 for nobody; quick, and never throws. */
    long currentHash();

    /** A class, since a lambda here would cost 20 ms of the application's start. */
    final class Nobody implements TenantLookup {

        @Override
        public long currentHash() {
            return 0;
        }
    }
}
