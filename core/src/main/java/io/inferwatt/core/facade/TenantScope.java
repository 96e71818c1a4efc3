package io.inferwatt.core.facade;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * On whose behalf the calling thread works. Requests to models that begin meanwhile, on this thread, are that tenant's; those that have
 * begun stay whose they are. Without an agent it does nothing. Belongs to its thread.
 *
 * <pre>{@code
 * try (TenantScope scope = TenantScope.enter(customer.id())) {
 *     return assistant.answer(question);
 * }
 * }</pre>
 */
public final class TenantScope implements AutoCloseable {

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static final AgentEntry<Function<String, Runnable>> TENANT = new AgentEntry("tenant", Function.class);

    private static final TenantScope NONE = new TenantScope(null);

    private @Nullable Runnable leave;

    private TenantScope(@Nullable Runnable leave) {
        this.leave = leave;
    }

    /**
     * Puts a tenant in force.
     *
     * @param tenant any text; it is told in clear only if it is in the setting {@code tenant.labels}, else as a hash
     */
    public static TenantScope enter(String tenant) {
        Function<String, Runnable> enter = TENANT.get();
        return enter == null ? NONE : new TenantScope(enter.apply(tenant));
    }

    /** Puts the former tenant in force again; does nothing the second time. */
    @Override
    public void close() {
        Runnable once = leave;
        if (once != null) {
            leave = null;
            once.run();
        }
    }
}
