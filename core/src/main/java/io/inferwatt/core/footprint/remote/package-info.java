/**
 * Estimates energy, grams of CO2e and litres of water of calls whose model runs on machines elsewhere, from the model, its tokens
 * and the place. Nothing here measures: each figure is a 95 % band with the method that made it.
 */
@NullMarked
package io.inferwatt.core.footprint.remote;

import org.jspecify.annotations.NullMarked;
