/**
 * On whose behalf requests are made, and what that comes to. Only names on a list of the operator are kept; all others are hashes.
 */
@NullMarked
package io.inferwatt.core.tenant;

import org.jspecify.annotations.NullMarked;
