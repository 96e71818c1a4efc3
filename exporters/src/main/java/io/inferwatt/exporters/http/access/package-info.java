/**
 * Who may read the endpoint: users with a password, holders of a token. Right answers are cheap to check again, wrong ones
 * cannot use up the processor.
 */
@NullMarked
package io.inferwatt.exporters.http.access;

import org.jspecify.annotations.NullMarked;
