package io.inferwatt.it.neighbours;

import io.inferwatt.it.jvm.AgentRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.provider.Arguments;

/** The other agents, as their makers ship them; the build puts them into a folder. */
enum Neighbour {
    OPENTELEMETRY("opentelemetry-javaagent"),
    ELASTIC("elastic-apm-agent"),
    JACOCO("org.jacoco.agent-runtime");

    private static final Path FOLDER = Path.of(System.getProperty("inferwatt.neighbours"));

    private final String file;

    Neighbour(String file) {
        this.file = file;
    }

    /** Returns the option that attaches it, with arguments as they are, or none. */
    String attached(String arguments) {
        return "-javaagent:" + FOLDER.resolve(file + ".jar") + (arguments.isEmpty() ? "" : "=" + arguments);
    }

    /** Returns each JDK with ours before the other, and after it. */
    static List<Arguments> javasAndOrders() throws IOException {
        List<Arguments> all = new ArrayList<>();
        for (Path java : AgentRun.javas()) {
            for (Order order : Order.values()) {
                all.add(Arguments.of(java, order));
            }
        }
        return all;
    }

    /** Whose {@code -javaagent} comes first. */
    enum Order {
        OURS_FIRST,
        OURS_LAST
    }
}
