package io.inferwatt.core.report.disclosure;

import io.inferwatt.core.footprint.Equivalences;
import io.inferwatt.core.report.disclosure.Disclosure.About;
import io.inferwatt.core.report.disclosure.Disclosure.Boundary;
import io.inferwatt.core.report.disclosure.Disclosure.Equivalent;
import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.Disclosure.Formula;
import io.inferwatt.core.report.disclosure.Disclosure.HostPart;
import io.inferwatt.core.report.disclosure.Disclosure.Meter;
import io.inferwatt.core.report.disclosure.Disclosure.NotKnown;
import io.inferwatt.core.report.disclosure.Disclosure.Period;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * All that a disclosure is made from, wherever it was read; the rest follows.
 *
 * @param booksSplit whether the joules of each model are told as dynamic and idle share, and litres follow from one building
 */
public record DisclosureDraft(
        About about,
        Period period,
        Factors factors,
        List<Meter> meters,
        List<HostPart> host,
        List<ModelLine> models,
        Tenants tenants,
        NotKnown notKnown,
        boolean booksSplit) {

    private static final Boundary BOUNDARY = new Boundary(
            "with_idle",
            List.of(
                    "Energy: what the machines draw for the model calls above idle, plus their share of idle. IT energy, without the building.",
                    "This machine and machines elsewhere (remote models, estimated) are in one boundary.",
                    "CO2e, operational: energy of the whole building (IT energy x PUE) x grid intensity, location-based unless a note says otherwise.",
                    "CO2e, embodied: of making the machines, spread over their life; in the totals as far as known.",
                    "CO2e, market-based: the electricity of this machine as bought; beside the others, never in SCI.",
                    "Water: on site (WUE x IT energy) and at power plants (EWIF x energy of the building).",
                    "SCI: (operational + embodied) / requests, ISO/IEC 21031:2024, location-based.",
                    "Not in it: networks, devices of users, training of models (told apart where known).",
                    "Bands are 95 % bands. A figure that is not known is told as such and is in no sum."));

    /** Returns the disclosure, with its models in order of joules. */
    public Disclosure finish() {
        List<ModelLine> sorted = new ArrayList<>(models);
        sorted.sort(Comparator.comparingDouble((ModelLine line) -> Known.orZero(line.joules()))
                .reversed());
        Total total = Total.of(sorted);
        List<Formula> formulas = new ArrayList<>(Formulas.ALL);
        if (booksSplit) {
            formulas.addAll(Formulas.OF_SNAPSHOT);
        }
        return new Disclosure(
                Disclosure.SCHEMA,
                Disclosure.SCHEMA_VERSION,
                about,
                period,
                BOUNDARY,
                factors,
                meters,
                host,
                sorted,
                total,
                equivalences(total),
                Comparison.among(sorted),
                tenants,
                new NotKnown(
                        notKnown.requestsWithoutFigure(),
                        notKnown.reasons(),
                        notKnown.gapSeconds(),
                        notKnown.droppedCalls(),
                        notKnown.foldedModels(),
                        notKnown.skippedRecords(),
                        GridNotes.with(notKnown.notes(), factors)),
                formulas);
    }

    private static List<Equivalent> equivalences(Total total) {
        return Equivalences.embedded().of(total.joules(), total.co2eGrams()).stream()
                .map(found -> new Equivalent(
                        found.thing().key(),
                        found.count(),
                        found.thing().amount(),
                        found.thing().unit(),
                        found.thing().definition(),
                        found.thing().source(),
                        found.thing().year(),
                        found.inWords()))
                .toList();
    }
}
