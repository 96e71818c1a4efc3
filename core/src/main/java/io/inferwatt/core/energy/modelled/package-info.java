/**
 * The power model for machines without a meter that this JVM may read: watts from processor load and what is known of
 * the hardware. The common case in virtual machines and containers, and always marked as modelled.
 */
@NullMarked
package io.inferwatt.core.energy.modelled;

import org.jspecify.annotations.NullMarked;
