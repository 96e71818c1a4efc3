/**
 * Files that the meter itself makes on somebody else's disk, who may read them and who alone writes them. Knows nothing of what stands in them.
 */
@NullMarked
package io.inferwatt.core.file;

import org.jspecify.annotations.NullMarked;
