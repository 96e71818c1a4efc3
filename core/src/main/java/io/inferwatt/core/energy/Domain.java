package io.inferwatt.core.energy;

import org.jspecify.annotations.Nullable;

/**
 * One thing with a meter of its own: all processor packages, all memory, one GPU, or the whole machine.
 *
 * @param component the kind of part
 * @param id unique among domains: {@code cpu}, {@code dram}, {@code gpu:<uuid>}, {@code platform}
 */
public record Domain(Component component, String id) {

    public static final Domain CPU = new Domain(Component.CPU, "cpu");
    public static final Domain DRAM = new Domain(Component.DRAM, "dram");

    /**
     * The machine as a whole. It contains the others, so it counts only where there is no meter of the processors, and is
     * a reading to look at otherwise.
     */
    public static final Domain PLATFORM = new Domain(Component.OTHER, "platform");

    /**
     * Returns the domain of one GPU.
     *
     * @param device what tells this GPU from all others, for instance its UUID or its PCI address
     */
    public static Domain gpu(String device) {
        return new Domain(Component.GPU, "gpu:" + device);
    }

    // Written out: what the compiler makes for a record costs 20 ms of processor time at the first use.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Domain that && component == that.component && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }
}
