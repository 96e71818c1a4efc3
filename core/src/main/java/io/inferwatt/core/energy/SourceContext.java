package io.inferwatt.core.energy;

import io.inferwatt.core.host.HostCpuClock;
import io.inferwatt.core.host.HostFacts;
import io.inferwatt.core.host.ServingProcesses;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * All that a source may look at. Roots are configurable so that containers can mount the host's trees elsewhere and
 * tests can use real files.
 *
 * @param sysRoot root of the sys file system, {@code /sys}
 * @param procRoot root of the proc file system, {@code /proc}
 * @param powercapRoots folders to look for powercap zones in, first one with zones wins
 * @param nvmlLibrary path or name of NVIDIA's management library; the driver's own where empty
 * @param facts what machine this is
 * @param cpuClock busy and total processor time as of the current tick
 * @param model constants of the power model given by the user
 * @param ceilingWatts more than this from one zone is implausible
 * @param serving other processes whose work on a device is that of calls in flight
 */
public record SourceContext(
        Path sysRoot,
        Path procRoot,
        List<Path> powercapRoots,
        Optional<String> nvmlLibrary,
        HostFacts facts,
        HostCpuClock cpuClock,
        ModelConstants model,
        double ceilingWatts,
        ServingProcesses serving) {

    /** Of a machine without model servers. */
    public SourceContext(
            Path sysRoot,
            Path procRoot,
            List<Path> powercapRoots,
            Optional<String> nvmlLibrary,
            HostFacts facts,
            HostCpuClock cpuClock,
            ModelConstants model,
            double ceilingWatts) {
        this(
                sysRoot,
                procRoot,
                powercapRoots,
                nvmlLibrary,
                facts,
                cpuClock,
                model,
                ceilingWatts,
                new ServingProcesses());
    }

    /**
     * What the user knows about the machine; empty where not given.
     *
     * @param tdpWatts sum of the thermal design power of all processor packages
     * @param idleWatts power of the idle machine, measured by the user
     * @param maxWatts power of the fully busy machine, measured by the user
     */
    public record ModelConstants(OptionalDouble tdpWatts, OptionalDouble idleWatts, OptionalDouble maxWatts) {

        public static final ModelConstants NONE =
                new ModelConstants(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
}
