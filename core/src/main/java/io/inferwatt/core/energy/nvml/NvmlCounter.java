package io.inferwatt.core.energy.nvml;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergyReadException.Reason;
import io.inferwatt.core.energy.IntegratedPower;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import io.inferwatt.core.energy.UnwrappingCounter;
import io.inferwatt.core.host.ServingProcesses;
import java.util.EnumSet;
import java.util.Set;

/** What one GPU draws, whole, whoever uses it. */
final class NvmlCounter implements EnergyCounter {

    private static final long MICRO_PER_MILLI = 1000;
    /** Ten times the slowest published update interval: a slow counter shows the energy of all that time in one tick. */
    private static final long SLOWEST_STEP_NANOS = 1_000_000_000L;
    /** Peaks beyond the limit last milliseconds and stay below this. */
    private static final double PEAK_TO_LIMIT = 2;

    private final NvmlSession session;
    private final NvmlApi api;
    private final Gpu gpu;
    private final Domain domain;
    private final ReadingMethod method;
    private final GpuNeighbours neighbours;
    private final UnwrappingCounter register;
    private final IntegratedPower integral;
    private final Set<ReadingFlag> flags;
    private final Set<ReadingFlag> sharedFlags;

    private long handle;
    private int generation;

    /**
     * @param ceilingWatts more is implausible, unless the GPU's own limit is so high
     * @param ownPid the number by which the driver knows this process, or {@link HostPid#UNKNOWN}
     * @param serving those whose work counts as that of this process
     */
    NvmlCounter(NvmlSession session, Gpu gpu, double ceilingWatts, long ownPid, ServingProcesses serving) {
        this.session = session;
        this.api = session.api();
        this.gpu = gpu;
        this.domain = Domain.gpu(gpu.uuid());
        this.method = gpu.method();
        this.handle = gpu.handle();
        this.generation = session.generation();
        double ceiling = Math.max(ceilingWatts, PEAK_TO_LIMIT * gpu.limitWatts());
        this.register = new UnwrappingCounter(UnwrappingCounter.NO_RANGE, ceiling, SLOWEST_STEP_NANOS);
        this.integral = new IntegratedPower(ceiling);
        this.neighbours = new GpuNeighbours(api, gpu.divided() ? HostPid.UNKNOWN : ownPid, serving);
        this.flags = method.flags();
        EnumSet<ReadingFlag> shared = EnumSet.of(ReadingFlag.SHARED_GPU);
        shared.addAll(flags);
        this.sharedFlags = Set.copyOf(shared);
    }

    @Override
    public Domain domain() {
        return domain;
    }

    @Override
    public String source() {
        return method.label();
    }

    @Override
    public Quality quality() {
        return Quality.MEASURED;
    }

    @Override
    public double relativeUncertainty() {
        return method.relativeUncertainty();
    }

    @Override
    public double idleWatts() {
        return Double.NaN;
    }

    @Override
    public String device() {
        return gpu.name();
    }

    @Override
    public Set<ReadingFlag> flags() {
        return neighbours.areKnown() ? flags : sharedFlags;
    }

    @Override
    public double otherWorkSeconds() {
        return neighbours.otherSeconds();
    }

    @Override
    public long advance(long nowNanos) throws EnergyReadException {
        int code = read();
        if (code == Codes.UNINITIALIZED && session.reopen() == Codes.SUCCESS) {
            code = read();
        }
        if (code != Codes.SUCCESS) {
            boolean denied = code == Codes.NO_PERMISSION || code == Codes.OPERATING_SYSTEM;
            throw new EnergyReadException(
                    denied ? Reason.PERMISSION : Reason.IO, "cannot read " + gpu.uuid() + ": " + Codes.text(code));
        }
        long thousandths = api.value();
        try {
            neighbours.advance(handle, nowNanos);
        } catch (RuntimeException e) {
            neighbours.giveUp(); // the flag tells; the energy is read all the same
        }
        return method.isCumulative()
                ? register.step(thousandths * MICRO_PER_MILLI, nowNanos)
                : integral.step((double) thousandths * MICRO_PER_MILLI, nowNanos);
    }

    private int read() {
        if (generation != session.generation()) {
            handle = session.handle(gpu.uuid());
            generation = session.generation();
            register.forget(); // the driver may have been another one
        }
        return handle == NvmlSession.NO_DEVICE ? Codes.GPU_IS_LOST : method.read(api, handle);
    }

    @Override
    public CounterHealth health() {
        return method.isCumulative() ? register.health() : integral.health();
    }

    @Override
    public void close() {
        // The session stays open for the life of the JVM, and a counter holds nothing else.
    }
}
