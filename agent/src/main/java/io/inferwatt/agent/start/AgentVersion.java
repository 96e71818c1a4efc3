package io.inferwatt.agent.start;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this agent, from a file that the build fills in. */
public final class AgentVersion {

    private static final String FILE = "/io/inferwatt/agent/version.properties";

    private AgentVersion() {}

    public static String current() {
        try (InputStream stream = AgentVersion.class.getResourceAsStream(FILE)) {
            Properties properties = new Properties();
            properties.load(stream);
            return properties.getProperty("version", "unknown");
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read " + FILE, unreadable);
        }
    }
}
