/**
 * Requests to other servers, all of them switched on by a setting, and the one thread that makes them.
 * Nothing here waits on a thread that meters.
 */
@NullMarked
package io.inferwatt.core.net;

import org.jspecify.annotations.NullMarked;
