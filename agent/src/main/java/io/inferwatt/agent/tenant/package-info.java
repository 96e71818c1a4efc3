/**
 * On whose behalf a thread of the application works, from wherever the settings say that the application keeps it. Asked once a
 * request, on its thread.
 */
@NullMarked
package io.inferwatt.agent.tenant;

import org.jspecify.annotations.NullMarked;
