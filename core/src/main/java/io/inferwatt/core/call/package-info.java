/**
 * What a model call is and how it is recorded. Everything here runs on application threads: no lock that waits, no
 * allocation per call, no I/O.
 */
@NullMarked
package io.inferwatt.core.call;

import org.jspecify.annotations.NullMarked;
