/**
 * What others are asked for while the meter runs: the intensity of the grid in this hour, and the cloud region of this machine. All of
 * it is switched on by settings, and all of it happens on the thread for what may wait.
 */
@NullMarked
package io.inferwatt.core.footprint.live;

import org.jspecify.annotations.NullMarked;
