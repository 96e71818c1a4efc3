package io.inferwatt.core.energy;

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
}
