package io.inferwatt.core.energy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which counters may be counted side by side, so that no joule counts twice or not at all. Sampler thread only.
 *
 * <ul>
 *   <li>The model supplies the memory exactly when it supplies the processors: its figures are whole-machine watts split in
 *       two, so half of them beside a measured half would be wrong.
 *   <li>The whole machine's meter contains all others. It counts only where nothing else is measured, and then the model
 *       is silent, unless the user prefers the model.
 * </ul>
 */
final class Coexistence {

    static final String MODEL = "model";

    private final List<DomainMeter> meters;

    /** @param meters the live list of all domains */
    Coexistence(List<DomainMeter> meters) {
        this.meters = meters;
    }

    @Nullable
    DomainMeter meter(Domain domain) {
        for (int i = 0; i < meters.size(); i++) {
            if (meters.get(i).domain().equals(domain)) {
                return meters.get(i);
            }
        }
        return null;
    }

    /** Returns whether the offer may be used beside what is in force or on trial. */
    boolean admits(CounterOffer offer) {
        boolean modelled = offer.origin().id().equals(MODEL);
        if (modelled && platformCounts() && platformIsPreferredTo(offer.preference())) {
            return false;
        }
        if (!offer.counter().domain().equals(Domain.DRAM)) {
            return true;
        }
        DomainMeter processors = meter(Domain.CPU);
        if (processors == null || !processors.speaking()) {
            // Beside the whole machine it would speak for a moment, until its missing processors make the model speak.
            boolean partOfPlatform = platformCounts() && (processors == null || !processors.hasNewcomer());
            return !modelled && !partOfPlatform;
        }
        return isModelled(processors) == modelled || (!modelled && processors.hasNewcomer());
    }

    /** Returns whether the whole machine's meter is the one that counts. */
    boolean platformCounts() {
        DomainMeter platform = meter(Domain.PLATFORM);
        if (platform == null || !platform.speaking()) {
            return false;
        }
        for (int i = 0; i < meters.size(); i++) {
            DomainMeter other = meters.get(i);
            if (other != platform && other.speaking()) {
                boolean preferredModel = isModelled(other) && !platformIsPreferredTo(other.preference());
                if (preferredModel || !isModelled(other)) {
                    return false;
                }
            }
        }
        return true;
    }

    static boolean isModelled(DomainMeter meter) {
        EnergySource origin = meter.origin();
        return origin != null && origin.id().equals(MODEL);
    }

    private boolean platformIsPreferredTo(int preference) {
        DomainMeter platform = meter(Domain.PLATFORM);
        return platform != null && platform.preference() < preference;
    }
}
