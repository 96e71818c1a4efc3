package io.inferwatt.it.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What JoularJX 3 reads: its settings, here as they come with it but for the power, and a file that tells watts. */
final class JoularJxFiles {

    private static final double WATTS = 20;

    private JoularJxFiles() {}

    /** Writes both, and returns the settings. */
    static Path write(Path folder) throws IOException {
        Path power = Files.writeString(folder.resolve("vm-power.csv"), Double.toString(WATTS));
        return Files.write(
                folder.resolve("joularjx.properties"),
                List.of(
                        "filter-method-names=io.inferwatt.it",
                        "save-runtime-data=true",
                        "overwrite-runtime-data=true",
                        "logger-level=OFF",
                        "track-consumption-evolution=true",
                        "evolution-data-path=evolution",
                        "hide-agent-consumption=true",
                        "enable-call-trees-consumption=true",
                        "save-call-trees-runtime-data=true",
                        "overwrite-call-trees-runtime-data=true",
                        "stack-monitoring-sample-rate=10",
                        "application-server=false",
                        "vm-monitoring=true",
                        "vm-power-path=" + power,
                        "vm-power-format=watts"));
    }
}
