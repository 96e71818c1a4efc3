package io.inferwatt.core.config;

import io.inferwatt.core.input.FewLines;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code key=value,key=value}. Only a comma ends a value, so colons, equals signs and backslashes survive. */
final class AgentArguments {

    static final String ORIGIN = "agent argument";

    private AgentArguments() {}

    static List<Assignment> read(@Nullable String arguments, FewLines problems) {
        if (arguments == null || arguments.isBlank()) {
            return List.of();
        }
        List<Assignment> written = new ArrayList<>();
        for (String part : arguments.split(",", -1)) {
            String pair = part.strip();
            int equals = pair.indexOf('=');
            if (pair.isEmpty()) {
                continue;
            }
            if (equals <= 0) {
                problems.add(Assignment.quoted(pair) + " (" + ORIGIN + ") is not key=value and is ignored; a comma "
                        + "separates settings, so a value that holds one goes into a system property or the file");
                continue;
            }
            String key = withoutPrefix(pair.substring(0, equals).strip());
            written.add(new Assignment(key, pair.substring(equals + 1).strip(), ORIGIN));
        }
        return written;
    }

    static String withoutPrefix(String key) {
        return key.startsWith(SettingKey.PROPERTY_PREFIX) ? key.substring(SettingKey.PROPERTY_PREFIX.length()) : key;
    }
}
