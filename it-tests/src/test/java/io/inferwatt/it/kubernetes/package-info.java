/**
 * The Kubernetes manifests of the documentation, held against the types of Kubernetes and of the Prometheus operator, and against the
 * settings that the agent knows. Nothing here talks to a cluster.
 */
@NullMarked
package io.inferwatt.it.kubernetes;

import org.jspecify.annotations.NullMarked;
