package io.inferwatt.core.energy.graphics;

import io.inferwatt.core.energy.EnergyCounter;
import io.inferwatt.core.energy.EnergySource;
import io.inferwatt.core.energy.Finding;
import io.inferwatt.core.energy.SourceContext;
import io.inferwatt.core.energy.graphics.CardPower.Listing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * GPUs whose power OSHI can tell and no other source here can. OSHI lists cards by starting {@code lspci}, so it is asked at
 * most once in the life of this object, in its first {@link #discover}, and only if the kernel shows a card of which OSHI
 * could tell more than the other sources.
 */
public final class OshiGpuEnergySource implements EnergySource {

    static final String ID = "oshi-gpu";

    /** Their power is read from the kernel's own sensors; a card left out there is left out for a reason. */
    private static final List<String> KNOWN_TO_HWMON = List.of("amdgpu", "i915", "xe");

    private final Predicate<Path> looksAt;
    private final Listing listing;
    private boolean asked;
    private @Nullable List<CardPower> listed;

    /** Creates the source over OSHI as it was installed. */
    public OshiGpuEnergySource() {
        this(OshiCards::looksAt, OshiCards::list);
    }

    /**
     * @param looksAt whether the listing is of this tree
     * @param listing what OSHI lists
     */
    OshiGpuEnergySource(Predicate<Path> looksAt, Listing listing) {
        this.looksAt = looksAt;
        this.listing = listing;
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public int rank() {
        return 50;
    }

    @Override
    public Discovery discover(SourceContext context) {
        boolean first = !asked;
        asked = true;
        List<DrmCard> cards = new ArrayList<>();
        for (DrmCard card : DrmCard.below(context.sysRoot())) {
            if (card.tellsPower() && !card.isNvidia() && !KNOWN_TO_HWMON.contains(card.driver())) {
                cards.add(card);
            }
        }
        if (cards.isEmpty()) {
            return Discovery.nothing(Finding.absent(ID, "no GPU here that OSHI knows and other sources do not", ""));
        }
        try {
            if (first && looksAt.test(context.sysRoot())) {
                listed = listing.cards();
            }
        } catch (LinkageError | RuntimeException e) {
            return Discovery.nothing(Finding.lost(ID, "OSHI cannot list the GPUs: " + e, ""));
        }
        List<CardPower> known = listed;
        if (known == null) {
            return Discovery.nothing(Finding.note(
                    ID,
                    "a GPU is here that OSHI was not asked for: it starts a program for that, so it is asked once, when"
                            + " the meter starts, and knows no other tree than its own",
                    "restart the application to meter a GPU that came later"));
        }
        return discovery(cards, known, context.ceilingWatts());
    }

    private static Discovery discovery(List<DrmCard> cards, List<CardPower> known, double ceilingWatts) {
        List<EnergyCounter> counters = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (DrmCard card : cards) {
            List<CardPower> same = known.stream()
                    .filter(one -> one.pciIds().equals(card.pciIds()))
                    .toList();
            boolean twins = cards.stream()
                            .filter(one -> one.pciIds().equals(card.pciIds()))
                            .count()
                    > 1;
            String gpu = "GPU pci-" + card.address() + " (" + card.driver() + ")";
            if (same.size() != 1 || twins) {
                // OSHI does not tell a card's place on the bus, and the wrong one would be counted under this one's
                // name.
                findings.add(Finding.note(
                        ID,
                        gpu + " is left out: OSHI lists " + same.size() + " cards of its kind " + card.pciIds(),
                        ""));
            } else if (!(same.get(0).draw().watts() > 0)) {
                findings.add(Finding.note(ID, gpu + " is left out: OSHI cannot tell its power", ""));
            } else {
                counters.add(new CardCounter(card.address(), same.get(0), ceilingWatts));
                findings.add(Finding.found(ID, gpu + " is metered by OSHI, once a second"));
            }
        }
        return new Discovery(counters, findings);
    }
}
