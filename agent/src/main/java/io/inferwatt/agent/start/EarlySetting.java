package io.inferwatt.agent.start;

import io.inferwatt.core.config.ConfigLoader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Those few settings that are needed before the application's classes are loaded, so not with the others. */
final class EarlySetting {

    private EarlySetting() {}

    /**
     * Returns what is set, null if nothing; whether that is allowed is said when all settings are read.
     *
     * @param settings looks up a key in the arguments, the system properties and the environment
     */
    static @Nullable String of(String key, Function<String, @Nullable String> settings) {
        String text = settings.apply(key);
        String file = text == null ? settings.apply("config.file") : null;
        return file == null ? text : ConfigLoader.valueInFile(file, key);
    }
}
