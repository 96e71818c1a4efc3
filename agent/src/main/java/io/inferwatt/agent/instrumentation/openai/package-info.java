/**
 * openai-java, {@code com.openai:openai-java}: chat completions, responses, completions, embeddings and images, also with Azure
 * and behind any other address that speaks the same protocol. Sound and moderation are counted only.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.openai;

import org.jspecify.annotations.NullMarked;
