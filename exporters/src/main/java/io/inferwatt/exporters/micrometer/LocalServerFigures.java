package io.inferwatt.exporters.micrometer;

import io.inferwatt.core.report.MeterSnapshot.LocalServerTotals;
import java.util.List;

/** Turns the model servers in other processes of this machine into series. */
final class LocalServerFigures {

    /** Servers exported by address, {@value BoundedNames#OTHER} included. */
    private static final int MAX_SERVERS = 8;

    private final BoundedNames names = new BoundedNames(MAX_SERVERS);
    private final SeriesTable table;

    LocalServerFigures(SeriesTable table) {
        this.table = table;
    }

    void apply(List<LocalServerTotals> servers) {
        for (LocalServerTotals server : servers) {
            String name = names.fold(server.host());
            table.count(RemoteCatalogue.LOCAL_SERVER_CALLS, server.calls() - server.unmeteredCalls(), name, "metered");
            table.count(RemoteCatalogue.LOCAL_SERVER_CALLS, server.unmeteredCalls(), name, "unmetered");
            table.add(RemoteCatalogue.LOCAL_SERVER_CPU, server.cpuSeconds(), name);
        }
    }
}
