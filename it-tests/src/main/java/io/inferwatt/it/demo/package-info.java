/**
 * The demo: a real inference service with the packaged agent attached, a load on it, and what each model's requests drew.
 * Everything that it prints is read from the agent's {@code /metrics}, the way any other reader would get it.
 */
@NullMarked
package io.inferwatt.it.demo;

import org.jspecify.annotations.NullMarked;
