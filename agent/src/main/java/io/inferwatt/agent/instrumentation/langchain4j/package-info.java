/**
 * LangChain4j, {@code dev.langchain4j:langchain4j-core}: its clients of remote models, and its embedding models, whoever makes
 * them. Those that run in the process share the segments of a call among the threads of a pool, which work for that one call.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.langchain4j;

import org.jspecify.annotations.NullMarked;
