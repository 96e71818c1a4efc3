/**
 * Methods of the application itself that the setting {@code methods} names, for model calls that pass no library we know. Knows
 * nothing of the methods but what the setting says.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.methods;

import org.jspecify.annotations.NullMarked;
