/**
 * Tribuo, {@code org.tribuo:tribuo-core}. Each kind of model predicts one example its own way; lists and data sets end there,
 * unless the kind has something better.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.tribuo;

import org.jspecify.annotations.NullMarked;
