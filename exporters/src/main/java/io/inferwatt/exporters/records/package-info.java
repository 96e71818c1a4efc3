/**
 * Records: one line of JSON for each request, in files that are set aside when they have grown. Nothing here runs on threads of the
 * application, and the thread that meters never waits for a disk.
 */
@NullMarked
package io.inferwatt.exporters.records;

import org.jspecify.annotations.NullMarked;
