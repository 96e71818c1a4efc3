/**
 * Models behind an Ollama server, through ollama4j. Its methods wait for whole answers, also where a handler gets the pieces;
 * one of them starts a thread that reads instead.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.ollama4j;

import org.jspecify.annotations.NullMarked;
