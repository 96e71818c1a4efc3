package io.inferwatt.it.jvm;

import io.inferwatt.it.app.Echo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A JVM to be started: options in the order given, then the class path and what to run. */
public final class Launch {

    private final Path java;
    private final List<String> around = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> classPath = new ArrayList<>();
    private final Map<String, String> variables = new HashMap<>();
    private boolean classPathAsVariable;

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
        return jars(jar -> List.of(prefixes).stream().anyMatch(jar.getFileName().toString()::startsWith));
    }

    /** Adds the jars of the tests' own class path that are published by a group, or by one whose name goes on after a dot. */
    public Launch jarsOf(String group) {
        return jars(jar -> jar.toString().contains("/" + group.replace('.', '/') + "/"));
    }

    private Launch jars(Predicate<Path> wanted) {
        String tests = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        for (String entry : tests.split(System.getProperty("path.separator"))) {
            if (entry.endsWith(".jar") && wanted.test(Path.of(entry))) {
                classPath.add(entry);
            }
        }
        return this;
    }

    /** Tells the JVM its class path by the environment: native code of some libraries fails where the command line is very long. */
    public Launch classPathAsVariable() {
        classPathAsVariable = true;
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
        String path = String.join(System.getProperty("path.separator"), classPath);
        if (classPathAsVariable) {
            variable("CLASSPATH", path);
        } else if (!path.isEmpty()) {
            command.add("-cp");
            command.add(path);
        }
        command.add(application);
        command.addAll(List.of(arguments));
        return AgentRun.start(command, variables);
    }

    /** Adds all jars of a folder. */
    public Launch jarsIn(Path folder) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            jars.forEach(this::classPath);
        }
        return this;
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
