package io.inferwatt.core.host;

import org.jspecify.annotations.Nullable;

/** Facts collected so far. Who comes first wins: a later value fills a gap and replaces nothing. */
final class FactSheet {

    private static final String UNKNOWN = "unknown";

    private @Nullable String hostName;
    private @Nullable String processorName;
    private @Nullable String vendor;
    private int packages;
    private int hardwareThreads;
    private long memoryBytes;
    private @Nullable String virtualization;
    private double containerCpus = Double.NaN;
    private boolean containerView;
    private boolean guest;

    void hostName(@Nullable String value) {
        hostName = first(hostName, value);
    }

    void processorName(@Nullable String value) {
        processorName = first(processorName, value);
    }

    void vendor(@Nullable String value) {
        vendor = first(vendor, value);
    }

    void virtualization(@Nullable String value) {
        virtualization = first(virtualization, value);
    }

    void packages(int value) {
        packages = packages > 0 ? packages : value;
    }

    void hardwareThreads(int value) {
        hardwareThreads = hardwareThreads > 0 ? hardwareThreads : value;
    }

    void memoryBytes(long value) {
        memoryBytes = memoryBytes > 0 ? memoryBytes : value;
    }

    /** Adds a limit, NaN or 0 for none; of several the lowest counts. */
    void containerCpus(double value) {
        boolean lower = value > 0 && !(containerCpus <= value);
        containerCpus = lower ? value : containerCpus;
    }

    void containerView(boolean value) {
        containerView = value;
    }

    /** The processor tells its guests that there is a hypervisor, not which one. */
    void guest(boolean value) {
        guest = value;
    }

    boolean guest() {
        return guest;
    }

    int hardwareThreads() {
        return hardwareThreads;
    }

    boolean memoryKnown() {
        return memoryBytes > 0;
    }

    /** Returns whether a fact is missing that is worth asking OSHI for; the number of packages alone is not. */
    boolean incomplete() {
        return processorName == null || vendor == null || hardwareThreads <= 0 || memoryBytes <= 0;
    }

    HostFacts toFacts() {
        return new HostFacts(
                orUnknown(hostName),
                orUnknown(processorName),
                orUnknown(vendor),
                Math.max(1, packages),
                Math.max(1, hardwareThreads),
                Math.max(0, memoryBytes),
                virtualization,
                containerCpus < hardwareThreads ? containerCpus : Double.NaN,
                containerView);
    }

    private static @Nullable String first(@Nullable String known, @Nullable String value) {
        return known != null || value == null || value.isBlank() ? known : TextFile.plain(value);
    }

    private static String orUnknown(@Nullable String value) {
        return value == null ? UNKNOWN : value;
    }
}
