/**
 * Where joules come from: the service interface of energy sources, their counters, domains and quality. One folder
 * below this one for each source.
 */
@NullMarked
package io.inferwatt.core.energy;

import org.jspecify.annotations.NullMarked;
