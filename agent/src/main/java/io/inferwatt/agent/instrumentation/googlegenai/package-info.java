/**
 * Google's client for Gemini, {@code com.google.genai:google-genai}: through the Gemini API and through Vertex AI. The overloads of
 * each method end in one, and chats in the same; one call of it may send several requests.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.googlegenai;

import org.jspecify.annotations.NullMarked;
