package io.inferwatt.core.sampling;

import io.inferwatt.core.energy.DomainMeter;
import io.inferwatt.core.report.MeterSnapshot.UncountedTotals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the meters that are only looked at, such as that of the whole machine beside those of its parts, and adds up what
 * they show. Sampler thread only.
 */
final class UncountedEnergy {

    /** Nobody divides this energy over calls, so there is no hurry. */
    private static final long READ_NANOS = 1_000_000_000L;

    private final Map<String, Sum> sums = new LinkedHashMap<>();

    void read(DomainMeter meter, long nowNanos) {
        if (!meter.speaking()) {
            meter.advance(nowNanos); // a newcomer may be on trial
            return;
        }
        Sum sum = sums.get(meter.source());
        if (sum == null) {
            sum = new Sum(meter);
            sums.put(meter.source(), sum);
        } else if (nowNanos - sum.lastNanos < READ_NANOS) {
            return;
        }
        sum.lastNanos = nowNanos;
        sum.microjoules += Math.max(0, meter.advance(nowNanos));
    }

    List<UncountedTotals> totals() {
        List<UncountedTotals> totals = new ArrayList<>();
        sums.forEach(
                (source, sum) -> totals.add(new UncountedTotals(sum.meter.domain(), source, sum.microjoules / 1e6)));
        return totals;
    }

    private static final class Sum {

        private final DomainMeter meter;
        private long lastNanos;
        private long microjoules;

        private Sum(DomainMeter meter) {
            this.meter = meter;
        }
    }
}
