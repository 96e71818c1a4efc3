/**
 * Jlama, {@code com.github.tjake:jlama-core}. Its class files are for Java 20 and later, so nothing here names a type of it.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.jlama;

import org.jspecify.annotations.NullMarked;
