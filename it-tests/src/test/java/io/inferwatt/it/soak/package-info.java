/**
 * The packaged agent under high load for a long time. What it holds must be as flat at the end as at the start, and its figures exact.
 */
@NullMarked
package io.inferwatt.it.soak;

import org.jspecify.annotations.NullMarked;
