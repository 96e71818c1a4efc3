package io.inferwatt.core.host;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many hardware threads this process may use at most: its affinity, which holds every cpuset, and the processor quota
 * of its control group and of all groups above.
 *
 * <p>Not OSHI's {@code CgroupInfo}: version 7.5.0 looks at the own group alone. Of five trees on disk (version 2: own
 * quota, quota of the parent, path of a foreign namespace; version 1: path of a foreign namespace, path below the mount) it
 * found two quotas, this class all five; cpusets it does not know.
 */
final class ContainerLimit {

    private ContainerLimit() {}

    /**
     * Fills in the limit of this process, whatever machine the other facts come from.
     *
     * @param proc the proc file system of this process itself
     * @param sys the sys file system of this process itself
     */
    static void fill(FactSheet sheet, Path proc, Path sys) {
        sheet.containerCpus(quota(proc, sys.resolve("fs/cgroup")));
        for (String line : TextFile.lines(proc.resolve("self/status"))) {
            if (line.startsWith("Cpus_allowed_list:")) {
                sheet.containerCpus(NumberList.size(line.substring(line.indexOf(':') + 1)));
            }
        }
    }

    private static double quota(Path proc, Path root) {
        double unified = Double.NaN;
        for (String line : TextFile.lines(proc.resolve("self/cgroup"))) {
            int first = line.indexOf(':');
            int second = line.indexOf(':', first + 1);
            if (first < 0 || second < 0) {
                continue;
            }
            String controllers = line.substring(first + 1, second);
            String group = line.substring(second + 1);
            if (controllers.isEmpty()) {
                unified = lowest(root, group);
            } else if (List.of(controllers.split(",", -1)).contains("cpu")) {
                Path mount = below(root, controllers);
                double named = mount == null ? Double.NaN : lowest(mount, group);
                return Double.isNaN(named) ? lowest(root.resolve("cpu"), group) : named;
            }
        }
        return unified;
    }

    /**
     * Returns the lowest quota from a group up to the mount. A path of a foreign namespace leads nowhere below the mount;
     * then the mount itself is the own group.
     */
    private static double lowest(Path mount, String group) {
        double lowest = quotaOf(mount);
        Path at = below(mount, group.substring(group.startsWith("/") ? 1 : 0));
        while (at != null && at.startsWith(mount) && !at.equals(mount)) {
            double quota = quotaOf(at);
            lowest = quota < lowest || Double.isNaN(lowest) ? quota : lowest;
            at = at.getParent();
        }
        return lowest;
    }

    /** Returns null for a name that cannot be one of a file here, as of letters that the JVM's character set lacks. */
    private static @Nullable Path below(Path mount, String name) {
        try {
            return mount.resolve(name).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** Returns the quota of one group in hardware threads, NaN if it has none. */
    private static double quotaOf(Path group) {
        List<String> unified = TextFile.lines(group.resolve("cpu.max"));
        if (!unified.isEmpty()) {
            String line = unified.get(0).strip();
            int space = line.indexOf(' ');
            return ratio(space < 0 ? line : line.substring(0, space), space < 0 ? "100000" : line.substring(space + 1));
        }
        List<String> quota = TextFile.lines(group.resolve("cpu.cfs_quota_us"));
        List<String> period = TextFile.lines(group.resolve("cpu.cfs_period_us"));
        return quota.isEmpty() || period.isEmpty() ? Double.NaN : ratio(quota.get(0), period.get(0));
    }

    /** Returns NaN for {@code max}, -1 and everything that is no number above zero. */
    private static double ratio(String quotaMicros, String periodMicros) {
        long quota = TextFile.number(quotaMicros.strip());
        long period = TextFile.number(periodMicros.strip());
        return quota > 0 && period > 0 ? (double) quota / period : Double.NaN;
    }
}
