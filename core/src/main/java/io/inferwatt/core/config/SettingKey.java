package io.inferwatt.core.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of settings.
 *
 * @param name the key without the prefix {@code inferwatt.}
 * @param defaultText what the default would be written as, empty for a setting that is unset by default
 * @param allowed the allowed values in words, literals in backticks
 * @param description what the setting does, in one line
 */
record SettingKey<T>(String name, String defaultText, String allowed, String description, Parser<T> parser) {

    static final String PROPERTY_PREFIX = "inferwatt.";
    static final String ENVIRONMENT_PREFIX = "INFERWATT_";

    /** Turns the text of a setting into its value. */
    @FunctionalInterface
    interface Parser<T> {

        /** Returns the value, or null for text that is not allowed. */
        @Nullable
        T parse(String text);
    }

    String environmentName() {
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    T defaultValue() {
        T value = parser.parse(defaultText);
        if (value == null) {
            throw new IllegalStateException("the default of " + name + " is not an allowed value: " + defaultText);
        }
        return value;
    }

    String allowedInPlainWords() {
        return allowed.replace("`", "");
    }

    String defaultInWords() {
        return defaultText.isEmpty() ? "the default (unset) is used" : "the default " + defaultText + " is used";
    }
}
