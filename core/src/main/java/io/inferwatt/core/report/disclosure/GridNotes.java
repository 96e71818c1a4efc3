package io.inferwatt.core.report.disclosure;

import io.inferwatt.core.report.disclosure.Disclosure.Factors;
import io.inferwatt.core.report.disclosure.Disclosure.Grid;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What must be said of a grid whose figure is no mean over the life cycle of its electricity. */
final class GridNotes {

    private GridNotes() {}

    /** Returns the notes with those that follow from the factors. */
    static List<String> with(List<String> notes, Factors factors) {
        Set<String> told = new LinkedHashSet<>();
        told.add(of(factors.grid()));
        factors.places().forEach(place -> told.add(of(place.grid())));
        told.remove("");
        List<String> all = new ArrayList<>(notes);
        all.addAll(told);
        return all;
    }

    private static String of(Grid grid) {
        if (grid.source().startsWith("watttime")) {
            return "Grid " + grid.zone() + " (" + grid.source()
                    + "): grams are marginal: what the plant emits that follows the"
                    + " load, no mean of the grid as location-based figures ask for.";
        }
        if (grid.source().equals("uk")) {
            return "Grid " + grid.zone() + " (" + grid.source()
                    + "): grams are combustion-only: lower than location-based"
                    + " figures of the life cycle such as those of the table.";
        }
        return "";
    }
}
