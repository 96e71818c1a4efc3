/**
 * What the agent knows of the application's own classes beyond those that call models. It holds all of them weakly, so that an
 * application can be unloaded.
 */
@NullMarked
package io.inferwatt.agent.application;

import org.jspecify.annotations.NullMarked;
