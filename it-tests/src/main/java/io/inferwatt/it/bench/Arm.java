package io.inferwatt.it.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One side of a comparison.
 *
 * @param name as printed
 * @param options of the JVM
 * @param environment added to that of the benchmark
 */
record Arm(String name, List<String> options, Map<String, String> environment) {

    Arm {
        options = List.copyOf(options);
        environment = Map.copyOf(environment);
    }

    static Arm withoutAgent() {
        return new Arm("no agent", List.of(), Map.of());
    }

    static Arm emptyAgent(Path jar) {
        return new Arm("empty agent", List.of("-javaagent:" + jar), Map.of());
    }

    static Arm inferwatt(String arguments) {
        String separator = arguments.isEmpty() ? "" : ",";
        return new Arm(
                "Inferwatt", List.of("-javaagent:" + agentJar() + "=http.port=0" + separator + arguments), Map.of());
    }

    /** Returns this with more options. */
    Arm with(String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return new Arm(name, all, environment);
    }

    /**
     * The agent up to the end of premain: this variable makes it wait for the application's main method before it goes on
     * beside it, 50 ms at a time, and the application ends earlier than that.
     */
    static Arm premainAlone() {
        Arm whole = inferwatt("");
        return new Arm("Inferwatt, premain", whole.options(), Map.of("JBOSS_HOME", "/nonexistent"));
    }

    static Path agentJar() {
        return Path.of(System.getProperty("bench.agent"));
    }
}
