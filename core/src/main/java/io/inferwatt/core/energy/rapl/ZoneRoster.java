package io.inferwatt.core.energy.rapl;

import io.inferwatt.core.energy.Domain;
import io.inferwatt.core.energy.EnergyReadException;
import io.inferwatt.core.energy.EnergyReadException.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** The zones of one domain, as of the last look at the tree. One thread at a time. */
final class ZoneRoster {

    private final ZoneTree tree;
    private final Domain domain;
    private SortedMap<String, Path> folders;
    private List<Zone> zones;

    /**
     * @param folders what the tree showed before the zones were read
     * @param zones those of the domain, at least one
     */
    ZoneRoster(ZoneTree tree, Domain domain, SortedMap<String, Path> folders, List<Zone> zones) {
        this.tree = tree;
        this.domain = domain;
        this.folders = folders;
        this.zones = zones;
    }

    List<Zone> zones() {
        return zones;
    }

    /**
     * Looks at the tree again; reads its zones only if others are listed than before. With none left for the domain the old
     * ones stay.
     *
     * @return whether the domain has other zones now
     * @throws EnergyReadException when a zone has come that cannot be read: the others no longer are the whole
     */
    boolean refresh() throws EnergyReadException {
        SortedMap<String, Path> listed = tree.folders();
        if (listed.equals(folders)) {
            return false;
        }
        ZoneSelection selection = tree.select(listed);
        List<Zone> present = selection.zones(domain);
        if (present.isEmpty()) {
            String unreadable = selection.unreadable(domain);
            if (unreadable != null) {
                throw new EnergyReadException(Reason.IO, "a zone was added, and " + unreadable);
            }
            return false;
        }
        boolean changed = !places(present).equals(places(zones));
        folders = listed;
        zones = present;
        return changed;
    }

    private static List<Path> places(List<Zone> zones) {
        return zones.stream().map(Zone::folder).toList();
    }
}
