/**
 * The live page at {@code /}: what the meter knows now, for a person with a browser, and the JSON that the page reads. Nothing here
 * computes a footprint: all figures are those of the snapshot and of its disclosure.
 */
@NullMarked
package io.inferwatt.exporters.live;

import org.jspecify.annotations.NullMarked;
