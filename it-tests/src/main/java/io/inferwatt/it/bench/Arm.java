package io.inferwatt.it.bench;

import io.inferwatt.it.bench.peers.Peer;
import java.io.IOException;
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

    static final String INFERWATT = "Inferwatt";

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
                INFERWATT, List.of("-javaagent:" + agentJar() + "=http.port=0" + separator + arguments), Map.of());
    }

    /** @param folder for the files of that agent */
    static Arm of(Peer peer, Path folder) throws IOException {
        return new Arm(peer.title(), peer.options(folder), Map.of());
    }

    /** Returns those of the peers whose jars are there, and tells of the others on standard output. */
    static List<Arm> ofPresent(List<Peer> peers, Path folder) throws IOException {
        List<Arm> arms = new ArrayList<>();
        for (Peer peer : peers) {
            if (peer.isPresent()) {
                arms.add(of(peer, folder));
            } else {
                System.out.println("Left out: " + peer.title() + ", whose jar is not given by " + peer.option());
            }
        }
        return arms;
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
