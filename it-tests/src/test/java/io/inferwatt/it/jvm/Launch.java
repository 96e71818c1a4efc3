package io.inferwatt.it.jvm;

import io.inferwatt.it.app.Echo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A JVM to be started: options in the order given, then the class path and what to run. */
public final class Launch {

    private final Path java;
    private final List<String> around = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();

    private Launch(Path java) {
        this.java = java;
    }

    /** Returns a JVM with the test applications on its class path. */
    public static Launch of(Path java) {
        return new Launch(java).classPath(whereIs(Echo.class));
    }

    /** Returns a JVM with nothing on its class path. */
    public static Launch bare(Path java) {
        return new Launch(java);
    }

    /** Attaches the agent with these settings, {@code key=value} each. */
    public Launch agent(String... settings) {
        return agentAt(AgentRun.JAR, settings);
    }

    /** Attaches a copy of the agent. */
    public Launch agentAt(Path jar, String... settings) {
        return option("-javaagent:" + jar + "=" + String.join(",", settings));
    }

    /** Has another program start the JVM, which gets the whole command line of the JVM as its last arguments. */
    public Launch under(String... command) {
        around.addAll(List.of(command));
        return this;
    }

    public Launch option(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    public Launch variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    public Launch classPath(Path... entries) {
        for (Path entry : entries) {
            classPath.add(entry.toString());
        }
        return this;
    }

    /** Adds the jars of the tests' own class path whose names start so. */
    public Launch jars(String... prefixes) {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : tests.split(System.getProperty("path.separator"))) {
            String file = Path.of(entry).getFileName().toString();
            if (file.endsWith(".jar") && List.of(prefixes).stream().anyMatch(file::startsWith)) {
                classPath.add(entry);
            }
        }
        return this;
    }

    /** Adds the library of a class, and the right to load native code: else newer JVMs print a warning of their own. */
    public Launch nativeLibrary(Class<?> ofLibrary) {
        return classPath(whereIs(ofLibrary)).option("--enable-native-access=ALL-UNNAMED");
    }

    public AgentRun main(Class<?> application, String... arguments) throws IOException {
        return main(application.getName(), arguments);
    }

    public AgentRun main(String application, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(around);
        command.add(java.resolve("bin").resolve("java").toString());
        command.addAll(options);
        if (!classPath.isEmpty()) {
            command.add("-cp");
            command.add(String.join(System.getProperty("path.separator"), classPath));
        }
        command.add(application);
        command.addAll(List.of(arguments));
        return AgentRun.start(command, variables);
    }

    /** Returns the jar or folder that a class comes from. */
    public static Path whereIs(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns a port that nobody listens on now, for runs whose log does not tell the port. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
