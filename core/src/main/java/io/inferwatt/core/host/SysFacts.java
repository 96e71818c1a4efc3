package io.inferwatt.core.host;

import java.nio.file.Path;

/** Facts from the sys file system and the mounts of this process: which virtual machine, which part of the host. */
final class SysFacts {

    private static final int LONGEST_NAME = 80;

    private SysFacts() {}

    /**
     * Returns what a virtual machine calls itself by its firmware, for instance {@code Amazon EC2 m5.large} or {@code QEMU
     * Standard PC (Q35 + ICH9, 2009)}; empty where it has none, as under Firecracker.
     */
    static String virtualMachine(Path sys) {
        Path firmware = sys.resolve("class/dmi/id");
        String vendor = TextFile.word(firmware.resolve("sys_vendor"));
        String product = TextFile.word(firmware.resolve("product_name"));
        String name = product.startsWith(vendor) ? product : vendor + " " + product;
        return name.strip().substring(0, Math.min(LONGEST_NAME, name.strip().length()));
    }

    /**
     * Returns whether {@code stat} shows the part of a container: where lxcfs is mounted over it, and where it has fewer
     * hardware threads than the kernel has online.
     *
     * @param procRoot where {@code stat} is read
     * @param threads hardware threads in it
     */
    static boolean containerView(Path procRoot, int threads, Path proc, Path sys) {
        String mount = " " + procRoot.resolve("stat") + " ";
        for (String line : TextFile.lines(proc.resolve("self/mountinfo"))) {
            if (line.contains(mount) && line.contains(" fuse.lxcfs ")) {
                return true;
            }
        }
        return threads > 0 && threads < NumberList.size(TextFile.word(sys.resolve("devices/system/cpu/online")));
    }
}
