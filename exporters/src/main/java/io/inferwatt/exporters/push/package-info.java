/**
 * Ways to push the metrics to servers that do not scrape: Pushgateway, Prometheus remote write and OTLP. Each is off unless its
 * address is set, and has one thread of its own that waits for its server, so that no way waits for another.
 */
@NullMarked
package io.inferwatt.exporters.push;

import org.jspecify.annotations.NullMarked;
