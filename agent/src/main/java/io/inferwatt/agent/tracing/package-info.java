/**
 * The spans of an application that is traced with OpenTelemetry, as far as calls of models run in them. Takes part only
 * once the application itself has started a span, and reaches OpenTelemetry through the class loader that has it.
 */
@NullMarked
package io.inferwatt.agent.tracing;

import org.jspecify.annotations.NullMarked;
