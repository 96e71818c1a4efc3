/**
 * What happens to an application when everything around the meter breaks: real faults on a real JVM with the packaged agent, from outside.
 * The application must answer as ever, the figures stay consistent, and what the agent holds returns to what it was.
 */
@NullMarked
package io.inferwatt.it.faults;

import org.jspecify.annotations.NullMarked;
