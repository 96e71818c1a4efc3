/** Starts JVMs with the packaged agent and looks at what a user would see: output, exit code, metrics. The tests of the other
 * packages are written with it. */
@NullMarked
package io.inferwatt.it.jvm;

import org.jspecify.annotations.NullMarked;
