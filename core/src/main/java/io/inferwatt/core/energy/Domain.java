package io.inferwatt.core.energy;

/**
 * One thing with a meter of its own: all processor packages, all memory, or one GPU.
 *
 * @param component the kind of part
 * @param id unique among domains: {@code cpu}, {@code dram}, {@code gpu:<uuid>}
 */
public record Domain(Component component, String id) {

    public static final Domain CPU = new Domain(Component.CPU, "cpu");
    public static final Domain DRAM = new Domain(Component.DRAM, "dram");
}
