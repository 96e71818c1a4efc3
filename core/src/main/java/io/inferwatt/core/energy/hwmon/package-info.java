/**
 * Energy and power sensors of the kernel's hwmon class: processors without RAPL, ARM server modules, AMD and Intel GPUs.
 * A list of drivers and labels decides what counts; a sensor that is not on it is reported and never counted.
 */
@NullMarked
package io.inferwatt.core.energy.hwmon;

import org.jspecify.annotations.NullMarked;
