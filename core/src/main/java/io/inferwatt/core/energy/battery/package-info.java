/**
 * The battery of a laptop, whose discharge is the power of the whole machine. Speaks only while nothing else feeds the
 * machine.
 */
@NullMarked
package io.inferwatt.core.energy.battery;

import org.jspecify.annotations.NullMarked;
