package io.inferwatt.it.kubernetes;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Lays a patch over an object as Kubernetes does: maps key by key, and those lists whose items have a key, item by item. */
final class StrategicMerge {

    /** What tells items apart, in lists of these names. Other lists are replaced as a whole. */
    private static final Map<String, String> ITEM_KEYS = Map.of(
            "containers", "name",
            "initContainers", "name",
            "env", "name",
            "volumes", "name",
            "volumeMounts", "mountPath",
            "ports", "containerPort");

    private StrategicMerge() {}

    static Map<String, Object> merge(Map<String, Object> object, Map<String, Object> patch) {
        Map<String, Object> merged = new LinkedHashMap<>(object);
        patch.forEach((key, value) -> merged.merge(key, value, (old, with) -> merge(key, old, with)));
        return merged;
    }

    private static Object merge(String name, Object object, Object patch) {
        if (object instanceof Map && patch instanceof Map) {
            return merge(map(object), map(patch));
        }
        String key = ITEM_KEYS.get(name);
        return key != null && object instanceof List<?> items && patch instanceof List<?> more
                ? merge(key, items, more)
                : patch;
    }

    private static List<Object> merge(String key, List<?> items, List<?> patches) {
        List<Object> merged = new ArrayList<>(items);
        for (Object patch : patches) {
            int place = 0;
            while (place < merged.size()
                    && !Objects.equals(
                            map(merged.get(place)).get(key), map(patch).get(key))) {
                place++;
            }
            if (place == merged.size()) {
                merged.add(patch);
            } else {
                merged.set(place, merge(map(merged.get(place)), map(patch)));
            }
        }
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object yaml) {
        return (Map<String, Object>) yaml;
    }
}
