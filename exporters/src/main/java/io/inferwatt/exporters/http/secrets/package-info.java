/**
 * Files with certificates, keys and passwords. Read with bounds, read again when they change, and never quoted in a message.
 */
@NullMarked
package io.inferwatt.exporters.http.secrets;

import org.jspecify.annotations.NullMarked;
