/**
 * What the agent costs: start-up and running cost of whole JVMs with and without it, always in pairs. Prints figures for
 * a person; nothing here passes or fails.
 */
@NullMarked
package io.inferwatt.it.bench;

import org.jspecify.annotations.NullMarked;
