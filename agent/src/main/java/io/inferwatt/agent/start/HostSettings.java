package io.inferwatt.agent.start;

import java.util.HashMap;
import java.util.Map;

/** The settings that the JVM was started with, as the configuration reads them. */
public final class HostSettings {

    private HostSettings() {}

    /** Returns the system properties that are strings; a copy, since the application may change them meanwhile. */
    public static Map<String, String> systemProperties() {
        Map<String, String> properties = new HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            String value = System.getProperty(name);
            if (value != null) {
                properties.put(name, value);
            }
        }
        return properties;
    }
}
