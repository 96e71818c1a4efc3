/**
 * The Grafana dashboards, described in Java and rendered as JSON when somebody asks for them: one look, units and descriptions that
 * cannot be forgotten. Each class named {@code ...Dashboard} is one of them.
 */
@NullMarked
package io.inferwatt.exporters.dashboards;

import org.jspecify.annotations.NullMarked;
