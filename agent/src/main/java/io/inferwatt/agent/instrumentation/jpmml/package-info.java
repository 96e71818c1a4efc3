/**
 * JPMML-Evaluator, {@code org.jpmml:pmml-evaluator}. Its licence is AGPL, so nothing here is compiled against it: objects are
 * just objects, and names of models are read by reflection.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.jpmml;

import org.jspecify.annotations.NullMarked;
