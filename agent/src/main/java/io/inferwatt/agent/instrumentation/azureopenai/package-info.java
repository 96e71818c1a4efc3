/**
 * Azure's client of OpenAI's models, {@code com.azure:azure-ai-openai}: chats, completions, embeddings and images, waiting or with
 * Reactor. A model is named by its deployment, and by itself where the answer tells.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.azureopenai;

import org.jspecify.annotations.NullMarked;
