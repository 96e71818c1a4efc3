package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.CounterHealth;
import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergyReadException.Reason;
import io.inferwatt.core.energy.Quality;
import io.inferwatt.core.energy.ReadingFlag;
import java.util.List;
import java.util.Set;

/**
 * The sum of all zones of one domain. Each register is unwrapped before the sum. Zones that come or go while running, with
 * the processors they belong to, join or leave the sum: the tick in which that is seen is unknown, no other.
 */
final class RaplCounter implements EnergyCounter {

    /** Processors are plugged by hand, if at all, and a look lists each zone's folder. */
    private static final long LOOK_NANOS = 60_000_000_000L;

    private final Method method;
    private final Domain domain;
    private final ZoneRoster roster;
    private final double ceilingWatts;

    private ZoneMeter[] meters;
    private MirroredZones mirrors;
    private String device;
    private CounterHealth closedHealth = CounterHealth.GOOD;
    private boolean looked;
    private long lookedNanos;

    /** @param ceilingWatts no zone draws more */
    RaplCounter(Method method, Domain domain, ZoneRoster roster, double ceilingWatts) {
        this.method = method;
        this.domain = domain;
        this.roster = roster;
        this.ceilingWatts = ceilingWatts;
        this.meters = join(roster.zones(), new ZoneMeter[0], ceilingWatts);
        this.mirrors = new MirroredZones(meters.length);
        this.device = ZoneNames.of(meters, mirrors);
    }

    @Override
    public Domain domain() {
        return domain;
    }

    @Override
    public String source() {
        return method.label;
    }

    @Override
    public Quality quality() {
        return Quality.MEASURED;
    }

    @Override
    public double relativeUncertainty() {
        return method.relativeUncertainty;
    }

    @Override
    public double idleWatts() {
        return Double.NaN;
    }

    @Override
    public Set<ReadingFlag> flags() {
        return method.flags();
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public long advance(long nowNanos) throws EnergyReadException {
        boolean changed = false;
        if (!looked) {
            looked = true;
            lookedNanos = nowNanos;
        } else if (nowNanos - lookedNanos >= LOOK_NANOS) {
            changed = follow(); // and again in the next tick if it throws
            lookedNanos = nowNanos;
        }
        // All or nothing: with one zone unread no register moves, and the next good reading covers the time for all.
        try {
            read(nowNanos);
        } catch (EnergyReadException e) {
            if (e.reason() != Reason.IO || !follow()) {
                throw e;
            }
            changed = true;
            read(nowNanos);
        }
        long microjoules = step(nowNanos);
        return changed ? UNKNOWN : microjoules;
    }

    private void read(long nowNanos) throws EnergyReadException {
        for (int i = 0; i < meters.length; i++) {
            if (!mirrors.proven(i)) {
                meters[i].read(nowNanos);
            }
        }
        if (domain.equals(Domain.CPU) && meters.length > 1 && mirrors.judge(meters, nowNanos)) {
            device = ZoneNames.of(meters, mirrors);
            closeMirrors();
        }
    }

    private long step(long nowNanos) {
        long sum = 0;
        boolean known = true;
        for (int i = 0; i < meters.length; i++) {
            if (!mirrors.proven(i)) {
                long microjoules = meters[i].step(nowNanos);
                if (mirrors.counts(i)) {
                    known &= microjoules != UNKNOWN;
                    sum += microjoules;
                }
            }
        }
        return known ? sum : UNKNOWN;
    }

    /** Sums the zones that the tree has now. */
    private boolean follow() throws EnergyReadException {
        if (!roster.refresh()) {
            return false;
        }
        ZoneMeter[] before = meters;
        meters = join(roster.zones(), before, ceilingWatts);
        mirrors = new MirroredZones(meters.length);
        device = ZoneNames.of(meters, mirrors);
        for (ZoneMeter meter : before) {
            if (!List.of(meters).contains(meter)) {
                closedHealth = closedHealth.plus(meter.health());
                meter.close();
            }
        }
        return true;
    }

    private static ZoneMeter[] join(List<Zone> zones, ZoneMeter[] before, double ceilingWatts) {
        ZoneMeter[] meters = new ZoneMeter[zones.size()];
        for (int i = 0; i < meters.length; i++) {
            Zone zone = zones.get(i);
            meters[i] = new ZoneMeter(zone, ceilingWatts);
            for (ZoneMeter known : before) {
                if (known.zone().folder().equals(zone.folder())) {
                    meters[i] = known;
                }
            }
        }
        return meters;
    }

    private void closeMirrors() {
        for (int i = 0; i < meters.length; i++) {
            if (mirrors.proven(i)) {
                meters[i].close();
            }
        }
    }

    @Override
    public CounterHealth health() {
        CounterHealth health = closedHealth;
        for (ZoneMeter meter : meters) {
            health = health.plus(meter.health());
        }
        return health;
    }

    @Override
    public void close() {
        for (ZoneMeter meter : meters) {
            meter.close();
        }
    }
}
