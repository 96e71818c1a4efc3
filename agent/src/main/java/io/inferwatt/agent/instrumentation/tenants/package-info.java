/**
 * Where applications keep the tenant of a thread: the MDC, baggage, the header of the request that a servlet serves. Each is there only
 * where a setting names it; none of them is a library that calls models.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.tenants;

import org.jspecify.annotations.NullMarked;
