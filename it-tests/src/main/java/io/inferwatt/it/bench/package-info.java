/**
 * What the agent costs, in pairs of whole JVMs with and without it, and how true its joules are. Prints figures for a
 * person; nothing here passes or fails.
 */
@NullMarked
package io.inferwatt.it.bench;

import org.jspecify.annotations.NullMarked;
