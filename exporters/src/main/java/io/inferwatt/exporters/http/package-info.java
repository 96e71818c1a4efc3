/**
 * The loopback endpoint: a handful of pages on the JDK's own server, few daemon threads. Clients that stall or send half
 * a request are dropped so that nobody else waits for them.
 */
@NullMarked
package io.inferwatt.exporters.http;

import org.jspecify.annotations.NullMarked;
