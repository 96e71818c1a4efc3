/**
 * GPU power as OSHI sees it: the last resort before a model, for cards that no other source knows. On Linux without native
 * code OSHI reads the same files as the kernel's own sensors, so it seldom adds one.
 */
@NullMarked
package io.inferwatt.core.energy.graphics;

import org.jspecify.annotations.NullMarked;
