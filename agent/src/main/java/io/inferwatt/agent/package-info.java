/**
 * Where the JVM meets the agent: the one class that applications can see, and the start of what is hidden from them.
 * Everything else of the agent lives in an isolated class loader.
 */
@NullMarked
package io.inferwatt.agent;

import org.jspecify.annotations.NullMarked;
