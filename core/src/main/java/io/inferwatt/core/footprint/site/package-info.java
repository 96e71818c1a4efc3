/**
 * Where this machine stands: its cloud region, and what grid, building and water are like there. Found from settings and the
 * environment alone, without asking anybody.
 */
@NullMarked
package io.inferwatt.core.footprint.site;

import org.jspecify.annotations.NullMarked;
