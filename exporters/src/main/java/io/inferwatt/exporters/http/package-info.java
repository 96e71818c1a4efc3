/**
 * The endpoint: a small HTTP server of our own for a handful of pages. One thread touches all connections and waits for none, so
 * clients that stall, flood or send nonsense are dropped and nobody else waits for them.
 */
@NullMarked
package io.inferwatt.exporters.http;

import org.jspecify.annotations.NullMarked;
