package io.inferwatt.exporters;

import java.util.List;
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
 * @param pushes the ways to push that are in use
 */
public record AgentFigures(
        String version,
        String hostName,
        LongSupplier instrumentationErrors,
        Map<String, LongSupplier> exportFailures,
        List<PushCounts> pushes) {

    public AgentFigures {
        exportFailures = Map.copyOf(exportFailures);
        pushes = List.copyOf(pushes);
    }

    /** Returns the figures of a process that pushes nothing. */
    public AgentFigures(
            String version,
            String hostName,
            LongSupplier instrumentationErrors,
            Map<String, LongSupplier> exportFailures) {
        this(version, hostName, instrumentationErrors, exportFailures, List.of());
    }

    /** Returns the figures of a process that uses the meter as a library: there is nothing to go wrong beside the meter. */
    public static AgentFigures ofLibrary(String version, String hostName) {
        return new AgentFigures(version, hostName, () -> 0, Map.of());
    }

    /** Returns the same figures, and those of these ways to push. */
    public AgentFigures with(List<PushCounts> ways) {
        return new AgentFigures(version, hostName, instrumentationErrors, exportFailures, ways);
    }
}
