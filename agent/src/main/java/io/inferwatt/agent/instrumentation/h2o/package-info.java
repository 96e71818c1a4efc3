/**
 * Models that H2O exports for Java, MOJO and POJO, {@code ai.h2o:h2o-genmodel}. Applications call them through a wrapper with a
 * method for each kind of prediction; some of these call each other.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.h2o;

import org.jspecify.annotations.NullMarked;
