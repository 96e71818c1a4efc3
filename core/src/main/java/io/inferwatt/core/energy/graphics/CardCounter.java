package io.inferwatt.core.energy.graphics;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergyReadException.Reason;
import io.inferwatt.core.energy.IntegratedPower;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import java.util.Set;

/** The power of one GPU, integrated over time. */
final class CardCounter implements EnergyCounter {

    /** Each reading opens a file anew and leaves kilobytes of garbage. */
    private static final long SAMPLE_NANOS = 1_000_000_000L;
    /** Nobody says what the meter of an unknown card covers: our judgement. */
    private static final double UNCERTAINTY = 0.10;

    private static final Set<ReadingFlag> FLAGS = Set.of(ReadingFlag.INTEGRATED);

    private final Domain domain;
    private final CardPower card;
    private final IntegratedPower power;

    private boolean sampled;
    private long sampledNanos;
    private double microwatts;

    CardCounter(String pciAddress, CardPower card, double ceilingWatts) {
        this.domain = Domain.gpu("pci-" + pciAddress);
        this.card = card;
        this.power = new IntegratedPower(ceilingWatts);
    }

    @Override
    public Domain domain() {
        return domain;
    }

    @Override
    public String source() {
        return "oshi-gpu-power";
    }

    @Override
    public Quality quality() {
        return Quality.MEASURED;
    }

    @Override
    public double relativeUncertainty() {
        return UNCERTAINTY;
    }

    @Override
    public double idleWatts() {
        return Double.NaN;
    }

    @Override
    public Set<ReadingFlag> flags() {
        return FLAGS;
    }

    @Override
    public String device() {
        return card.name();
    }

    @Override
    public long advance(long nowNanos) throws EnergyReadException {
        if (!sampled || nowNanos - sampledNanos >= SAMPLE_NANOS) {
            sample(nowNanos);
        }
        return power.step(microwatts, nowNanos);
    }

    private void sample(long nowNanos) throws EnergyReadException {
        double watts = card.draw().watts();
        // A file that is missing reads as 0 W before OSHI 7.6 (issue 3687), and no card that is on draws nothing.
        sampled = watts > 0;
        if (!sampled) {
            power.forget();
            throw new EnergyReadException(Reason.IO, "OSHI tells no power of " + card.name() + " (" + watts + " W)");
        }
        sampledNanos = nowNanos;
        microwatts = watts * 1e6;
    }

    @Override
    public CounterHealth health() {
        return power.health();
    }

    @Override
    public void close() {
        // OSHI keeps nothing open.
    }
}
