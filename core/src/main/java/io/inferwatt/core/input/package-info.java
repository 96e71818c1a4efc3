/**
 * Bounds for what comes from outside: how much of a file is read, and how a text that somebody else wrote may stand in a line for a
 * person. Knows nothing of what the input means.
 */
@NullMarked
package io.inferwatt.core.input;

import org.jspecify.annotations.NullMarked;
