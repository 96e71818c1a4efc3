/**
 * The start of the agent in two steps: what must be done before the application's first class, on the main thread and
 * cheap, and everything else on a thread of its own.
 */
@NullMarked
package io.inferwatt.agent.start;

import org.jspecify.annotations.NullMarked;
