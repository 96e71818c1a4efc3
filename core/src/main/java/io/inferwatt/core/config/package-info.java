/**
 * One immutable record tree of settings, read once from four layers. Every bad setting is reported, none stops the start.
 */
@NullMarked
package io.inferwatt.core.config;

import org.jspecify.annotations.NullMarked;
