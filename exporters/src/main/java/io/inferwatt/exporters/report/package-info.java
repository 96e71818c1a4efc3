/**
 * The disclosure for people and programs: JSON, CSV, plain text and HTML, all from one tree, and read back from JSON, records or a
 * Prometheus server. Nothing here computes a figure that the tree does not hold.
 */
@NullMarked
package io.inferwatt.exporters.report;

import org.jspecify.annotations.NullMarked;
