package io.inferwatt.core.footprint.remote;

import org.jspecify.annotations.Nullable;

/**
 * Reads the size that the name of an open model states: {@code 70b}, {@code 335m}, and {@code 235b-a22b} for 22 B active of 235 B.
 * Names that state several sizes or numbers of experts tell nothing for sure and are left alone.
 */
final class StatedSize {

    private static final double MAX_BILLIONS = 10_000;

    /** Of smaller ones nobody serves a language model; such numbers mean something else. */
    private static final double MIN_BILLIONS = 0.01;

    private StatedSize() {}

    /** Returns the size, null if the name states none; {@code name} in lower case. */
    static @Nullable ModelSize of(String name) {
        double total = Double.NaN;
        double active = Double.NaN;
        int start = 0;
        for (int i = 0; i <= name.length(); i++) {
            if (i < name.length() && !isSeparator(name.charAt(i))) {
                continue;
            }
            String word = name.substring(start, i);
            start = i + 1;
            double billions = billions(word, 0);
            double activeBillions = word.startsWith("a") ? billions(word, 1) : Double.NaN;
            boolean secondTotal = !Double.isNaN(billions) && !Double.isNaN(total);
            boolean secondActive = !Double.isNaN(activeBillions) && !Double.isNaN(active);
            if (secondTotal || secondActive || countsExperts(word)) {
                return null;
            }
            total = Double.isNaN(billions) ? total : billions;
            active = Double.isNaN(activeBillions) ? active : activeBillions;
        }
        if (Double.isNaN(total) || active > total) {
            return null;
        }
        boolean dense = Double.isNaN(active);
        double activeOrAll = dense ? total : active;
        return new ModelSize(
                name,
                activeOrAll,
                activeOrAll,
                total,
                total,
                dense,
                Precision.ofName(name),
                ModelSize.Origin.NAME,
                "the name of the model states the count");
    }

    private static boolean isSeparator(char c) {
        return c == '-' || c == '_' || c == ':' || c == '/' || c == ' ';
    }

    /** Returns billions of a word such as {@code 8b} or {@code 1.5b} or {@code 335m} from {@code start} on, NaN if it is none. */
    private static double billions(String word, int start) {
        int end = word.length() - 1;
        if (end <= start || end - start > 7) {
            return Double.NaN;
        }
        char unit = word.charAt(end);
        int dots = 0;
        for (int i = start; i < end; i++) {
            char c = word.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return Double.NaN;
            }
        }
        if ((unit != 'b' && unit != 'm') || dots > 1 || word.charAt(start) == '.' || word.charAt(end - 1) == '.') {
            return Double.NaN;
        }
        double value = Double.parseDouble(word.substring(start, end)) * (unit == 'b' ? 1 : 0.001);
        return value >= MIN_BILLIONS && value <= MAX_BILLIONS ? value : Double.NaN;
    }

    /** Words such as {@code 16e}, {@code 8x7b} or {@code moe}. */
    private static boolean countsExperts(String word) {
        if (word.equals("moe")) {
            return true;
        }
        int digits = 0;
        while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') {
            digits++;
        }
        return digits > 0
                && digits < word.length()
                && (word.charAt(digits) == 'x' || word.substring(digits).equals("e"));
    }
}
