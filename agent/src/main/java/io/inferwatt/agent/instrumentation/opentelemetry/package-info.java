/**
 * OpenTelemetry: not a library that calls models, but one that may trace such calls. Takes note of where it lives; nothing of it
 * is woven.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.opentelemetry;

import org.jspecify.annotations.NullMarked;
