/**
 * The recording rules and alerts for Prometheus, and an example of how Alertmanager may send them on. They are resources, written
 * by hand; what is here hands them out, as plain rule files and as a manifest for Kubernetes.
 */
@NullMarked
package io.inferwatt.exporters.rules;

import org.jspecify.annotations.NullMarked;
