/**
 * Spring AI, {@code org.springframework.ai:spring-ai-model}: its embedding models. Whatever method an application calls ends
 * in {@code EmbeddingModel.call}.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.springai;

import org.jspecify.annotations.NullMarked;
