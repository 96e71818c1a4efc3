/**
 * What machine this is, how much of it this process may use, and how busy its processors are. Facts come from the kernel's
 * files and, where those leave them open, from OSHI; load comes from the proc file system.
 */
@NullMarked
package io.inferwatt.core.host;

import org.jspecify.annotations.NullMarked;
