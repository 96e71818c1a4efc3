package io.inferwatt.it.bench.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Another agent. Its jar is where the system property {@code bench.} with its key says, which the build's profile sets. */
public enum Peer {
    /** Instruments and makes spans as usual; no exporter takes them. */
    OPEN_TELEMETRY("OpenTelemetry agent", "opentelemetry") {
        @Override
        Stream<String> settings(Path folder) {
            return Stream.of(
                    "-Dotel.traces.exporter=none",
                    "-Dotel.metrics.exporter=none",
                    "-Dotel.logs.exporter=none",
                    "-Dotel.javaagent.logging=none");
        }
    },

    /** Works as usual but for talking to a server or asking which cloud it is in. */
    ELASTIC("Elastic APM agent", "elastic") {
        @Override
        Stream<String> settings(Path folder) {
            return Stream.of(
                    "-Delastic.apm.disable_send=true",
                    "-Delastic.apm.central_config=false",
                    "-Delastic.apm.cloud_provider=NONE",
                    "-Delastic.apm.service_name=bench",
                    "-Delastic.apm.log_level=OFF");
        }
    },

    /** Counts in each class which lines ran; what it counted is dropped at the end. */
    JACOCO("JaCoCo agent", "jacoco") {
        @Override
        String arguments(Path folder) {
            return "=output=none";
        }
    },

    /** Opens an endpoint that nobody asks. */
    JMX_EXPORTER("Prometheus JMX exporter", "jmx") {
        @Override
        String arguments(Path folder) throws IOException {
            return "=" + FreePort.find() + ":" + Files.writeString(folder.resolve("jmx-exporter.yaml"), "rules: []\n");
        }
    },

    /** Ends the JVM where there is no RAPL, so it gets the power of a virtual machine from a file. */
    JOULARJX("JoularJX", "joularjx") {
        @Override
        Stream<String> settings(Path folder) throws IOException {
            return Stream.of("-Djoularjx.config=" + JoularJxFiles.write(folder));
        }
    };

    private static final String CHOICE = "bench.against";

    private final String product;
    private final String key;

    Peer(String product, String key) {
        this.product = product;
        this.key = key;
    }

    /**
     * Returns those of them that the system property {@value #CHOICE} names by their keys, all of them where it is empty.
     *
     * @throws IllegalArgumentException if it names one that there is not
     */
    public static List<Peer> chosenOf(Peer... peers) {
        String choice = System.getProperty(CHOICE, "");
        if (choice.isEmpty()) {
            return List.of(peers);
        }
        List<String> keys = List.of(choice.split(",", -1));
        List<String> known = Stream.of(values()).map(peer -> peer.key).toList();
        if (!known.containsAll(keys)) {
            throw new IllegalArgumentException("-D" + CHOICE + "=" + choice + ": allowed are some of "
                    + String.join(",", known) + ", or nothing for all");
        }
        return Stream.of(peers).filter(peer -> keys.contains(peer.key)).toList();
    }

    /** Returns its name with the version that the name of its jar tells. */
    public String title() {
        String version = jar().map(Peer::version).orElse("");
        return version.isEmpty() ? product : product + " " + version;
    }

    /** Returns whether its jar is there. */
    public boolean isPresent() {
        return jar().isPresent();
    }

    /** Returns what names its jar, for those who miss it. */
    public String option() {
        return "-Dbench." + key + "=PATH";
    }

    /**
     * Returns the options of a JVM with this agent.
     *
     * @param folder where its files may be written; it may stand in for the working directory as well
     * @throws IOException if they could not be written, or its jar is missing
     */
    public List<String> options(Path folder) throws IOException {
        Path jar = jar().orElseThrow(() -> new IOException(product + ": no jar; name it by " + option()));
        return Stream.concat(Stream.of("-javaagent:" + jar + arguments(folder)), settings(folder))
                .toList();
    }

    String arguments(Path folder) throws IOException {
        return "";
    }

    Stream<String> settings(Path folder) throws IOException {
        return Stream.empty();
    }

    private Optional<Path> jar() {
        String path = System.getProperty("bench." + key, "");
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path)).filter(Files::isRegularFile);
    }

    /** The part of the name from the first number behind a hyphen up to the next hyphen. */
    private static String version(Path jar) {
        for (String part : jar.getFileName().toString().replace(".jar", "").split("-", -1)) {
            if (!part.isEmpty() && Character.isDigit(part.charAt(0))) {
                return part;
            }
        }
        return "";
    }
}
