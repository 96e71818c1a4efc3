/**
 * Spring AI, {@code org.springframework.ai:spring-ai-model}: its clients of remote models, and its embedding models. Whatever
 * method an application calls ends in {@code call} or {@code stream} of a model.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.springai;

import org.jspecify.annotations.NullMarked;
