/**
 * The agent's own log, and the bridges that lead the logging of its libraries there. Nothing here touches
 * {@code java.util.logging}, whose first use fixes the log manager of the application.
 */
@NullMarked
package io.inferwatt.agent.log;

import org.jspecify.annotations.NullMarked;
