/**
 * Micrometer: not a library that calls models, but one in whose registry an application may want to see the meters. Takes note of where
 * it lives; nothing of it is woven.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.micrometer;

import org.jspecify.annotations.NullMarked;
