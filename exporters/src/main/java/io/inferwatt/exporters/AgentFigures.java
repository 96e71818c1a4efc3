package io.inferwatt.exporters;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What the metrics tell about the process that meters, beyond what the meter itself knows. The suppliers are read at
 * each scrape, from any thread; their values never fall.
 *
 * @param version of Inferwatt, for {@code agent_info}
 * @param hostName name of the machine, the same for all its processes, for {@code measurement_info}
 * @param instrumentationErrors exceptions inside instrumentation, all swallowed
 * @param exportFailures failed exports by exporter: {@code scrape}, {@code budget_webhook}, ...; only those in use
 */
public record AgentFigures(
        String version, String hostName, LongSupplier instrumentationErrors, Map<String, LongSupplier> exportFailures) {

    public AgentFigures {
        exportFailures = Map.copyOf(exportFailures);
    }

    /** Returns the figures of a process that uses the meter as a library: there is nothing to go wrong beside the meter. */
    public static AgentFigures ofLibrary(String version, String hostName) {
        return new AgentFigures(version, hostName, () -> 0, Map.of());
    }
}
