package io.inferwatt.core.energy.rapl;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names the zones of a sum in one short line: {@code package-0 + package-1}, {@code dram x 2}. */
final class ZoneNames {

    private ZoneNames() {}

    static String of(ZoneMeter[] meters, MirroredZones mirrors) {
        Map<String, Integer> counted = new LinkedHashMap<>();
        StringBuilder mirrored = new StringBuilder();
        for (int i = 0; i < meters.length; i++) {
            String title = meters[i].zone().title();
            if (mirrors.counts(i)) {
                counted.merge(title, 1, Integer::sum);
            } else {
                mirrored.append(mirrored.isEmpty() ? "; the same again: " : ", ")
                        .append(title);
            }
        }
        StringBuilder text = new StringBuilder();
        counted.forEach((title, times) ->
                text.append(text.isEmpty() ? "" : " + ").append(title).append(times > 1 ? " x " + times : ""));
        return text.append(mirrored).toString();
    }
}
