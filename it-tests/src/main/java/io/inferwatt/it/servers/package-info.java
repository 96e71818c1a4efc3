/**
 * Prometheus, Alertmanager and Pushgateway as Debian packages them, started on free ports of the loopback interface with
 * their data in a folder of the caller, and asked by HTTP. Tests and benchmarks use them; who is not installed is named.
 */
@NullMarked
package io.inferwatt.it.servers;

import org.jspecify.annotations.NullMarked;
