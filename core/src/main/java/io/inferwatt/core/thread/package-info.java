/**
 * How a thread of the meter's own is made. It lives in somebody else's JVM, and must neither hold that up nor be broken by what is done there to
 * all threads.
 */
@NullMarked
package io.inferwatt.core.thread;

import org.jspecify.annotations.NullMarked;
