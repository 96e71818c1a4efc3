/** The packaged agent on real JVMs. Each test starts a JVM of its own and looks at what a user would see. */
@NullMarked
package io.inferwatt.it;

import org.jspecify.annotations.NullMarked;
