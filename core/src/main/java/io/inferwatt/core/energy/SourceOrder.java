package io.inferwatt.core.energy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Which sources are asked, best first. */
final class SourceOrder {

    private static final String AUTO = "auto";

    private SourceOrder() {}

    /** Returns the sources on the class path of this library; one that cannot be loaded is left out and reported. */
    static List<EnergySource> installed(List<String> findings) {
        List<EnergySource> sources = new ArrayList<>();
        Iterator<EnergySource> loader = ServiceLoader.load(EnergySource.class, EnergySource.class.getClassLoader())
                .iterator();
        while (true) {
            try {
                if (!loader.hasNext()) {
                    return sources;
                }
                sources.add(loader.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                findings.add("energy source left out, it cannot be loaded: " + e);
            }
        }
    }

    /**
     * Returns the wanted sources in the order they were named; {@code auto} stands for all not named yet, by rank.
     *
     * @param findings gets a line for each name that no source has
     */
    static List<EnergySource> of(List<String> wanted, List<EnergySource> installed, List<String> findings) {
        List<EnergySource> byRank = new ArrayList<>(installed);
        byRank.sort(Comparator.comparingInt(EnergySource::rank));
        List<EnergySource> order = new ArrayList<>();
        for (String name : wanted) {
            String id = name.strip().toLowerCase(Locale.ROOT);
            EnergySource source = find(id, byRank);
            if (id.equals(AUTO)) {
                byRank.stream().filter(other -> !order.contains(other)).forEach(order::add);
            } else if (source == null) {
                findings.add("energy.sources: '" + name + "' is no source and is ignored; allowed: " + allowed(byRank));
            } else if (!order.contains(source)) {
                order.add(source);
            }
        }
        if (order.isEmpty() && !byRank.isEmpty()) {
            findings.add("energy.sources: names no source, using auto");
            return byRank;
        }
        return order;
    }

    private static @Nullable EnergySource find(String id, List<EnergySource> sources) {
        for (EnergySource source : sources) {
            if (source.id().equals(id)) {
                return source;
            }
        }
        return null;
    }

    private static String allowed(List<EnergySource> sources) {
        StringBuilder text = new StringBuilder(AUTO);
        for (EnergySource source : sources) {
            text.append(", ").append(source.id());
        }
        return text.toString();
    }
}
