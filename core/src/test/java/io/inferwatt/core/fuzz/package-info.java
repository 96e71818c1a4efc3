/**
 * Hostile input for tests, made of valid input and chance, the same for the same seed. For the tests of all modules; part of the test-jar.
 */
@NullMarked
package io.inferwatt.core.fuzz;

import org.jspecify.annotations.NullMarked;
