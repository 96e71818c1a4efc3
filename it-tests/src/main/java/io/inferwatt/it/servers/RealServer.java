package io.inferwatt.it.servers;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** A program of another project that these tests run, named as the Debian package that brings it. */
public enum RealServer {
    PROMETHEUS("prometheus"),
    PROMTOOL("promtool"),
    ALERTMANAGER("prometheus-alertmanager"),
    PUSHGATEWAY("prometheus-pushgateway");

    private final String command;

    RealServer(String command) {
        this.command = command;
    }

    /** Returns where the program is, as the {@code PATH} says; empty if it is not installed. */
    public Optional<Path> path() {
        return find(command);
    }

    /** Returns one line that says what is missing and which package brings it. */
    public String missing() {
        String debian = this == PROMTOOL ? PROMETHEUS.command : command;
        return command + " is not on the PATH (Debian package " + debian + ")";
    }

    String command() {
        return command;
    }

    static Optional<Path> find(String command) {
        String folders = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(folders.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, command))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
