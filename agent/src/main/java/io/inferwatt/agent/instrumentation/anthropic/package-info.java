/**
 * Anthropic's own client, {@code com.anthropic:anthropic-java}: messages and beta messages, also through its backends for
 * Bedrock, Vertex AI and others. All of them pass the services' raw level, which parses nothing; the levels above it tell the
 * usage.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.anthropic;

import org.jspecify.annotations.NullMarked;
