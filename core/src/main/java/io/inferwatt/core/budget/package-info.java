/**
 * Limits in joules, grams or litres that a team has set itself. What requests draw is charged to each budget that selects them, and
 * kept over a restart.
 */
@NullMarked
package io.inferwatt.core.budget;

import org.jspecify.annotations.NullMarked;
