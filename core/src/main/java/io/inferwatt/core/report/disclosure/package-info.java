/**
 * The disclosure: what the models of a service drew and emitted in a period, with method, sources and factors, so that every derived
 * figure can be recomputed by hand. Built from a snapshot, from records or from metrics; all that is shown is rendered from it.
 */
@NullMarked
package io.inferwatt.core.report.disclosure;

import org.jspecify.annotations.NullMarked;
