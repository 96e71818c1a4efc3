/**
 * The command line of the agent's jar: what can be measured on this machine, before anything is attached anywhere. Prints
 * for people, to standard output.
 */
@NullMarked
package io.inferwatt.agent.command;

import org.jspecify.annotations.NullMarked;
