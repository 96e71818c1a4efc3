package io.inferwatt.exporters.micrometer;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Model labels that cannot be told apart. Each is in one group at most, so that a sum over groups counts nothing twice:
 * groups that share a label, as folding to {@value BoundedNames#OTHER} may bring about, are one.
 */
final class LabelGroups {

    private final Map<String, Set<String>> groups = new HashMap<>();

    void join(Collection<String> labels) {
        Set<String> joined = new HashSet<>();
        for (String label : labels) {
            joined.addAll(of(label));
        }
        joined.forEach(label -> groups.put(label, joined));
    }

    /** Returns a label's group, in no particular order; of a label that is alone, the label. */
    Set<String> of(String label) {
        return groups.getOrDefault(label, Set.of(label));
    }
}
