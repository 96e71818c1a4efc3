/**
 * Attribution against a known truth: an application that runs real models, and a powercap counter driven by the processor
 * time of its threads at known watts. Shared by a test and a benchmark; nothing here is told by the agent.
 */
@NullMarked
package io.inferwatt.it.live;

import org.jspecify.annotations.NullMarked;
