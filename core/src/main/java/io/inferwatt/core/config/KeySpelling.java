package io.inferwatt.core.config;

import io.inferwatt.core.input.Bounded;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the key that somebody may have meant. */
final class KeySpelling {

    private KeySpelling() {}

    /** Returns what to tell about a key that does not exist: the nearest one, else all there are. */
    static String advice(String unknown) {
        SettingKey<?> nearest = nearest(unknown);
        if (nearest == null) {
            List<String> names = new ArrayList<>();
            SettingKeys.ALL.forEach(key -> names.add(key.name()));
            return "known keys: " + String.join(", ", names);
        }
        boolean variable = unknown.startsWith(SettingKey.ENVIRONMENT_PREFIX);
        return "did you mean " + (variable ? nearest.environmentName() : nearest.name()) + "?";
    }

    /** Up to a third of the characters may be wrong; beyond that a suggestion is a guess. */
    private static @Nullable SettingKey<?> nearest(String unknown) {
        String written = comparable(unknown);
        if (written.startsWith("instrumentation.")) {
            return SettingKeys.INSTRUMENTATION;
        }
        if (written.startsWith("budget.") && written.indexOf('.', 7) > 0) {
            return SettingKeys.BUDGET;
        }
        SettingKey<?> nearest = null;
        int least = Math.max(2, written.length() / 3) + 1;
        for (SettingKey<?> key : SettingKeys.ALL) {
            int edits = edits(written, comparable(key.name()));
            if (edits < least) {
                least = edits;
                nearest = key;
            }
        }
        return nearest;
    }

    private static String comparable(String key) {
        return AgentArguments.withoutPrefix(
                Bounded.lowerCase(key, 80).replace('_', '.').replace('-', '.'));
    }

    /** Levenshtein's distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
