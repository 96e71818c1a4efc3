/** What the agent promises the application that it is attached to, on real JVMs with the packaged agent. The promises are told in
 * {@code docs/fail-open.md}. */
@NullMarked
package io.inferwatt.it.promises;

import org.jspecify.annotations.NullMarked;
