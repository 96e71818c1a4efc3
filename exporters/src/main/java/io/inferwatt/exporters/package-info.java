/**
 * Hands the meter's figures to other systems. {@code MetricsExporter} is what an agent starts; the packages below it are
 * of use to an application that brings its own registry.
 */
@NullMarked
package io.inferwatt.exporters;

import org.jspecify.annotations.NullMarked;
