/**
 * Running average power limit (RAPL) meters of x86 processors, read through the powercap tree of the kernel. A tree
 * handed in by a hypervisor is read the same way.
 */
@NullMarked
package io.inferwatt.core.energy.rapl;

import org.jspecify.annotations.NullMarked;
