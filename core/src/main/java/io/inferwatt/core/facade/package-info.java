/**
 * What an application uses that tells the agent of its model calls itself. Does nothing where no agent is attached.
 */
@NullMarked
package io.inferwatt.core.facade;

import org.jspecify.annotations.NullMarked;
