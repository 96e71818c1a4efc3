package io.inferwatt.core.footprint;

import io.inferwatt.core.input.Bounded;

/** Makes names of countries comparable. By hand, since regular expressions and Unicode tables cost start-up time. */
final class ZoneNames {

    /** No country has a longer one. */
    private static final int LONGEST_NAME = 100;

    private ZoneNames() {}

    static String comparable(String name) {
        return Bounded.lowerCase(name, LONGEST_NAME);
    }

    /** Returns the comparable name without article and without a remark in brackets. */
    static String shortened(String name) {
        String shortened = comparable(name);
        for (int i = 0; i < shortened.length(); i++) {
            if (shortened.charAt(i) == '(' || shortened.charAt(i) == '[') {
                shortened = shortened.substring(0, i).strip();
            }
        }
        return shortened.startsWith("the ") ? shortened.substring(4) : shortened;
    }
}
