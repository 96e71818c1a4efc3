/**
 * What machine this is and how busy its processors are. Facts come from OSHI, load from the proc file system.
 */
@NullMarked
package io.inferwatt.core.host;

import org.jspecify.annotations.NullMarked;
