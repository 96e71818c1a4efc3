package io.inferwatt.core.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what system properties and environment variables say about us. */
final class Surroundings {

    /** Keys under this word are for our own tests and launchers; no setting, never reported. */
    private static final String INTERNAL = "internal.";

    /**
     * Kubernetes gives every container variables for every service of the namespace. A service called {@code inferwatt}
     * or {@code inferwatt-http} yields names that look like ours, {@code INFERWATT_HTTP_PORT=tcp://10.0.0.1:80} even
     * like a known one.
     */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("INFERWATT_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_.+)?)");

    /** A secret, which no setting is: the source of grid intensities reads it by itself, and nobody prints it. */
    private static final String CARBON_KEY = "INFERWATT_CARBON_KEY";

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private Surroundings() {}

    static List<Assignment> properties(Map<String, String> systemProperties) {
        List<Assignment> written = new ArrayList<>();
        for (Map.Entry<String, String> property : new TreeMap<>(systemProperties).entrySet()) {
            String name = property.getKey();
            if (!name.startsWith(SettingKey.PROPERTY_PREFIX)) {
                continue;
            }
            String key = AgentArguments.withoutPrefix(name);
            if (!key.startsWith(INTERNAL)) {
                written.add(new Assignment(
                        key, property.getValue().strip(), "system property " + Assignment.oneLine(name)));
            }
        }
        return written;
    }

    /** An empty variable is an unset one: compose files and charts cannot leave a variable out. */
    static List<Assignment> variables(Map<String, String> environment) {
        Map<String, String> keys = new HashMap<>();
        for (SettingKey<?> key : SettingKeys.ALL) {
            keys.put(key.environmentName(), key.name());
        }
        List<Assignment> written = new ArrayList<>();
        for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
            String name = variable.getKey();
            String text = variable.getValue().strip();
            if (isOurs(name, text)) {
                String key = keys.getOrDefault(name, keyOfFamily(name));
                written.add(new Assignment(key == null ? name : key, text, "environment " + Assignment.oneLine(name)));
            }
        }
        return written;
    }

    private static boolean isOurs(String name, String text) {
        return name.startsWith(SettingKey.ENVIRONMENT_PREFIX)
                && !name.startsWith(SettingKey.ENVIRONMENT_PREFIX + "INTERNAL_")
                && !name.equals(CARBON_KEY)
                && !text.isEmpty()
                && !SERVICE_LINK.matcher(name).matches()
                && !SERVICE_ADDRESS.matcher(text).matches();
    }

    private static @Nullable String keyOfFamily(String variable) {
        String library = InstrumentationKey.libraryOfVariable(variable);
        if (library != null) {
            return InstrumentationKey.of(library);
        }
        BudgetKey budget = BudgetKey.ofVariable(variable);
        return budget == null ? null : budget.text();
    }
}
