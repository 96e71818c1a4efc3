/**
 * Turns joules into grams of CO2e: grid intensity by zone, facility overhead, with the source and year of each factor.
 */
@NullMarked
package io.inferwatt.core.footprint;

import org.jspecify.annotations.NullMarked;
