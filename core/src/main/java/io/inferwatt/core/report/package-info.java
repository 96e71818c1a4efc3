/**
 * What the meter tells: all totals at one moment, immutable and with units in every name. Exporters and reports read
 * this and nothing else.
 */
@NullMarked
package io.inferwatt.core.report;

import org.jspecify.annotations.NullMarked;
