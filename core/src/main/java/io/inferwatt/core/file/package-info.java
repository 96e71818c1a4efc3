/**
 * Files that the meter itself makes on somebody else's disk, and who may read them. Knows nothing of what stands in them.
 */
@NullMarked
package io.inferwatt.core.file;

import org.jspecify.annotations.NullMarked;
