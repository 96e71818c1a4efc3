/**
 * NVIDIA GPUs, metered through the driver's management library (NVML). The library is reached through JNA below Java 22
 * and through the foreign function API from there on, and only where files show that the driver is here.
 */
@NullMarked
package io.inferwatt.core.energy.nvml;

import org.jspecify.annotations.NullMarked;
