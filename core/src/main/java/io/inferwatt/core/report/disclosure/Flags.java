package io.inferwatt.core.report.disclosure;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a reader of a model's figures must know, as far as it follows from them. */
final class Flags {

    private Flags() {}

    static List<String> of(List<String> told, @Nullable LocalPart local, @Nullable RemotePart remote) {
        List<String> flags = new ArrayList<>(told);
        if (local != null && local.joules() > 0) {
            add(flags, "division_error_unknown", Double.isNaN(local.divisionError()));
            add(flags, "embodied_unknown", Double.isNaN(local.embodiedGrams()));
            add(flags, "water_unknown", Double.isNaN(local.liters()));
        }
        if (remote != null) {
            add(flags, "unestimated_requests", remote.unestimated() > 0);
            add(flags, "embodied_unknown", remote.estimated() > 0 && Double.isNaN(remote.embodiedGrams()));
            add(flags, "water_unknown", remote.withoutWater() > 0);
        }
        return flags;
    }

    private static void add(List<String> flags, String flag, boolean set) {
        if (set && !flags.contains(flag)) {
            flags.add(flag);
        }
    }
}
