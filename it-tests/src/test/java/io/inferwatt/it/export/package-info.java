/** The figures on their way to people: endpoint, live page, pushes, spans and rules, against the real servers and a real browser. Each test
 * starts a JVM of its own with the packaged agent. */
@NullMarked
package io.inferwatt.it.export;

import org.jspecify.annotations.NullMarked;
