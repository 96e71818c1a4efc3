package io.inferwatt.core.config;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The keys {@code instrumentation.<library>.enabled}. Environment names have no hyphen, so both signs mean the same. */
final class InstrumentationKey {

    private static final Pattern KEY = Pattern.compile("instrumentation\\.([a-z0-9][a-z0-9_-]{0,39})\\.enabled");
    private static final Pattern VARIABLE =
            Pattern.compile("INFERWATT_INSTRUMENTATION_([A-Z0-9][A-Z0-9_]{0,39})_ENABLED");

    private InstrumentationKey() {}

    /** Returns the library that a key names, or null if the key is another one. */
    static @Nullable String library(String key) {
        Matcher matcher = KEY.matcher(key);
        return matcher.matches() ? canonical(matcher.group(1)) : null;
    }

    /** Returns the library that an environment variable names, or null if the variable is another one. */
    static @Nullable String libraryOfVariable(String variable) {
        Matcher matcher = VARIABLE.matcher(variable);
        return matcher.matches() ? canonical(matcher.group(1)) : null;
    }

    static String of(String library) {
        return "instrumentation." + library + ".enabled";
    }

    static String canonical(String library) {
        return library.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
