/**
 * The same meters in registries of the application, whose Micrometer is another copy than ours. Only types of the JDK pass between the
 * two.
 */
@NullMarked
package io.inferwatt.exporters.application;

import org.jspecify.annotations.NullMarked;
