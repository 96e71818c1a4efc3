package io.inferwatt.core.config;

import io.inferwatt.core.input.FewLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was written in all layers, and what of it is in force. Layers are added from the strongest to the weakest. */
final class Settings {

    /** Budgets, or libraries: each costs something with every call, and more of them are a mistake. */
    private static final int MOST_NAMES = 100;

    private final Map<String, List<Assignment>> writtenByKey = new HashMap<>();
    private final Set<String> libraries = new TreeSet<>();
    private final Set<String> budgets = new TreeSet<>();
    private final Map<String, BudgetKey> budgetKeys = new TreeMap<>();
    private final Map<String, ConfigLoader.Setting> inForce = new HashMap<>();
    private final FewLines problems;

    Settings(FewLines problems) {
        this.problems = problems;
    }

    void addLayer(List<Assignment> layer) {
        Map<String, Assignment> layerByKey = new HashMap<>();
        for (Assignment written : layer) {
            String library = InstrumentationKey.library(written.key());
            BudgetKey budget = BudgetKey.of(written.key());
            if (budget != null) {
                if (!mayName(budgets, budget.budget(), "budget.", written)) {
                    continue;
                }
                budgetKeys.put(budget.text(), budget);
                putLast(budget.text(), written, layerByKey);
            } else if (library != null) {
                if (!mayName(libraries, library, "instrumentation.", written)) {
                    continue;
                }
                putLast(InstrumentationKey.of(library), written, layerByKey);
            } else if (isKnown(written.key())) {
                putLast(written.key(), written, layerByKey);
            } else if (problems.isFull()) {
                problems.add(written.key()); // only counted: to find what was meant takes its time
            } else {
                problems.add("unknown key " + Assignment.quoted(written.key()) + " with value " + written.shownText()
                        + " (" + written.origin() + ") is ignored; " + KeySpelling.advice(written.key()));
            }
        }
        layerByKey.forEach((key, written) ->
                writtenByKey.computeIfAbsent(key, unused -> new ArrayList<>()).add(written));
    }

    /** Returns the value in force, the default where nothing allowed was written. Reports what is not allowed. */
    <T> T value(SettingKey<T> key) {
        return value(key, key.name());
    }

    /** Returns {@code instrumentation.<library>.enabled} for the libraries that somebody wrote about. */
    Map<String, Boolean> instrumentations() {
        Map<String, Boolean> enabled = new TreeMap<>();
        for (String library : libraries) {
            enabled.put(library, value(SettingKeys.INSTRUMENTATION, InstrumentationKey.of(library)));
        }
        return enabled;
    }

    /** Returns what is written of {@code budget.<name>.<property>}, by name and property; {@code budget} reads the values. */
    Map<String, Map<String, String>> budgets() {
        Map<String, Map<String, String>> properties = new TreeMap<>();
        for (BudgetKey key : budgetKeys.values()) {
            properties
                    .computeIfAbsent(key.budget(), unused -> new TreeMap<>())
                    .put(key.property(), value(SettingKeys.BUDGET, key.text()));
        }
        return properties;
    }

    /** Returns where the value in force was written. */
    String origin(SettingKey<?> key) {
        ConfigLoader.Setting setting = inForce.get(key.name());
        return setting == null ? ConfigLoader.Setting.DEFAULT : setting.origin();
    }

    /** Puts the default in force for a value that is allowed but does not go with another one. */
    <T> T revert(SettingKey<T> key) {
        inForce.put(key.name(), new ConfigLoader.Setting(key.name(), key.defaultText(), ConfigLoader.Setting.DEFAULT));
        return key.defaultValue();
    }

    /** Returns what is in force in the order of the table, the libraries by name. */
    List<ConfigLoader.Setting> inForce() {
        List<ConfigLoader.Setting> ordered = new ArrayList<>();
        for (SettingKey<?> key : SettingKeys.ALL) {
            ConfigLoader.Setting setting = inForce.get(key.name());
            if (setting != null) {
                ordered.add(setting);
            }
            if (key.name().equals(SettingKeys.INSTRUMENTATION.name())) {
                for (String library : libraries) {
                    ordered.add(inForce.get(InstrumentationKey.of(library)));
                }
            } else if (key.name().equals(SettingKeys.BUDGET.name())) {
                for (String budget : budgetKeys.keySet()) {
                    ordered.add(inForce.get(budget));
                }
            }
        }
        return ordered;
    }

    private <T> T value(SettingKey<T> key, String name) {
        T value = key.defaultValue();
        ConfigLoader.Setting setting = new ConfigLoader.Setting(name, key.defaultText(), ConfigLoader.Setting.DEFAULT);
        List<Assignment> all = writtenByKey.getOrDefault(name, List.of());
        for (int i = 0; i < all.size(); i++) {
            Assignment written = all.get(i);
            T parsed = key.parser().parse(written.text());
            if (parsed == null) {
                String instead = i == 0 ? key.defaultInWords() : all.get(0).origin() + " sets this key anyway";
                problems.add(name + ": " + written.shownText() + " (" + written.origin() + ") is not allowed; allowed: "
                        + key.allowedInPlainWords() + "; " + instead);
            } else if (i == 0) {
                value = parsed;
                setting = new ConfigLoader.Setting(name, written.text(), written.origin());
            }
        }
        inForce.put(name, setting);
        return value;
    }

    /** One layer can name a key twice: an argument repeated, with and without prefix, hyphen and underscore. */
    private void putLast(String key, Assignment written, Map<String, Assignment> layerByKey) {
        Assignment earlier = layerByKey.put(key, written);
        if (earlier != null) {
            problems.add(key + " is set twice: " + earlier.shownText() + " (" + earlier.origin() + ") is ignored, "
                    + written.shownText() + " (" + written.origin() + ") counts");
        }
    }

    /** Returns whether there is room for a name of a family, and notes it. */
    private boolean mayName(Set<String> names, String name, String family, Assignment written) {
        if (!names.contains(name) && names.size() >= MOST_NAMES) {
            problems.add(family + name + ": " + written.shownText() + " (" + written.origin()
                    + ") is ignored; allowed: " + MOST_NAMES + " different names at most");
            return false;
        }
        names.add(name);
        return true;
    }

    private static boolean isKnown(String name) {
        for (SettingKey<?> key : SettingKeys.ALL) {
            if (key.name().equals(name)) {
                return !isFamily(key);
            }
        }
        return false;
    }

    /** Not by the equality of records, which the JDK links at first use: 20 ms of processor time at start. */
    private static boolean isFamily(SettingKey<?> key) {
        return key.name().indexOf('<') >= 0;
    }
}
