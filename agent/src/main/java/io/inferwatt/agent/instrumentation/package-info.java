/**
 * What an instrumentation of a library is made of, and how it reports calls. One folder below for each library; nothing
 * here needs Byte Buddy, so that the agent starts without it.
 */
@NullMarked
package io.inferwatt.agent.instrumentation;

import org.jspecify.annotations.NullMarked;
