package io.inferwatt.agent.instrumentation.tenants;

import org.jspecify.annotations.Nullable;

/**
 * A request for a tenant on its thread.
 *
 * @param before tenant of the thread until then
 */
record Served(@Nullable String before) {}
