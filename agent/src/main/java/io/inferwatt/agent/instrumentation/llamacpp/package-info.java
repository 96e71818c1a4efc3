/**
 * llama.cpp through {@code de.kherud:llama}. The engine computes on native threads of its own while the caller waits, so almost
 * all processor time of a call is theirs.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.llamacpp;

import org.jspecify.annotations.NullMarked;
