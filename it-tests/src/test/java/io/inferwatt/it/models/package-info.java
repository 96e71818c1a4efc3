/** Calls of models on this machine and elsewhere, metered in a JVM of their own by the packaged agent. Real engines run real models; remote
 * ones are stand-ins that speak the protocol. */
@NullMarked
package io.inferwatt.it.models;

import org.jspecify.annotations.NullMarked;
