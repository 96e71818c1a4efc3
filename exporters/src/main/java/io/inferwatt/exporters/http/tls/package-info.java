/**
 * The certificate of the endpoint and its key, from PEM files as tools for certificates write them. Files that change are
 * taken over without a restart.
 */
@NullMarked
package io.inferwatt.exporters.http.tls;

import org.jspecify.annotations.NullMarked;
