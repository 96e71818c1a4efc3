package io.inferwatt.agent.instrumentation.methods;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.core.input.OneLine;
import java.util.ArrayList;
import java.util.List;

/**
 * The methods that the setting {@code methods} names. Not in the services file: there is one only where the setting is, made
 * of what it says.
 */
public final class MethodsModule implements InstrumentationModule {

    /** The key of the setting, and the name of the module. */
    public static final String NAME = "methods";

    private static final int LONGEST = 120;

    static final String ADVICE = "io.inferwatt.agent.instrumentation.methods.MethodAdvice";

    private final List<MethodRule> rules = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * Reads the setting.
     *
     * @param setting entries separated by semicolons; line ends and the like count as blanks
     */
    public MethodsModule(String setting) {
        for (String entry : onOneLine(setting).split(";", -1)) {
            if (entry.isBlank()) {
                continue;
            }
            MethodRule rule = MethodRule.parse(entry);
            if (rule == null) {
                problems.add(NAME + ": '" + OneLine.of(entry.strip(), LONGEST) + "' is not understood; allowed: "
                        + MethodRule.ALLOWED + "; the entry is ignored");
            } else {
                rules.add(rule);
            }
        }
    }

    private static String onOneLine(String text) {
        char[] characters = text.toCharArray();
        for (int i = 0; i < characters.length; i++) {
            if (Character.isISOControl(characters[i])) {
                characters[i] = ' ';
            }
        }
        return new String(characters);
    }

    @Override
    public String library() {
        return NAME;
    }

    @Override
    public List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>();
        for (MethodRule rule : rules) {
            hooks.addAll(rule.hooks());
        }
        return hooks;
    }

    /** Returns one line for each entry that was not understood. */
    public List<String> problems() {
        return List.copyOf(problems);
    }
}
