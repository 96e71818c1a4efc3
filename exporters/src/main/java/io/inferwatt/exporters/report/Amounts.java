package io.inferwatt.exporters.report;

import java.util.Locale;

/** Figures with their unit, for people: three digits, and a prefix that keeps the number short. */
final class Amounts {

    static final String UNKNOWN = "not known";

    private static final String[] SMALL = {"", "m", "µ", "n"};
    private static final String[] LARGE = {"", "k", "M", "G", "T"};

    private Amounts() {}

    static String joules(double joules) {
        return scaled(joules, "J", LARGE);
    }

    static String grams(double grams) {
        if (Math.abs(grams) >= 1e6) {
            return scaled(grams / 1e6, "t", LARGE);
        }
        return scaled(grams, "g", LARGE);
    }

    static String liters(double liters) {
        if (Math.abs(liters) >= 1000) {
            return scaled(liters / 1000, "m3", new String[] {""});
        }
        return scaled(liters, "L", LARGE);
    }

    static String kilowattHours(double kwh) {
        return scaled(kwh * 1000, "Wh", LARGE);
    }

    static String count(double count) {
        if (Double.isNaN(count)) {
            return UNKNOWN;
        }
        return String.format(Locale.ROOT, "%,.0f", count).replace(',', ' ');
    }

    static String number(double number) {
        return Double.isNaN(number) ? UNKNOWN : digits(number);
    }

    static String percent(double share) {
        if (Double.isNaN(share)) {
            return UNKNOWN;
        }
        double percent = 100 * share;
        return String.format(Locale.ROOT, percent > 0 && percent < 9.95 ? "%.1f %%" : "%.0f %%", percent);
    }

    /** Returns both ends of a band in one unit, {@value #UNKNOWN} if either is not known. */
    static String band(double low, double high) {
        if (Double.isNaN(low + high)) {
            return UNKNOWN;
        }
        String from = joules(low);
        String to = joules(high);
        String unit = to.substring(to.lastIndexOf(' '));
        return (from.endsWith(unit) ? from.substring(0, from.length() - unit.length()) : from) + " to " + to;
    }

    static String seconds(double seconds) {
        if (Double.isNaN(seconds)) {
            return UNKNOWN;
        }
        if (seconds < 120) {
            return digits(seconds) + " s";
        }
        if (seconds < 7200) {
            return digits(seconds / 60) + " min";
        }
        return seconds < 172_800 ? digits(seconds / 3600) + " h" : digits(seconds / 86_400) + " days";
    }

    private static String scaled(double value, String unit, String[] large) {
        if (Double.isNaN(value)) {
            return UNKNOWN;
        }
        double amount = value;
        int step = 0;
        while (Math.abs(amount) >= 999.5 && step < large.length - 1) {
            amount /= 1000;
            step++;
        }
        while (amount != 0 && Math.abs(amount) < 0.9995 && step <= 0 && -step < SMALL.length - 1) {
            amount *= 1000;
            step--;
        }
        return digits(amount) + " " + (step >= 0 ? large[step] : SMALL[-step]) + unit;
    }

    private static String digits(double number) {
        double size = Math.abs(number);
        if (size >= 999.5) {
            return String.format(Locale.ROOT, "%,.0f", number).replace(',', ' ');
        }
        return String.format(
                Locale.ROOT, size >= 99.95 ? "%.0f" : size >= 9.995 ? "%.1f" : size == 0 ? "%.0f" : "%.2f", number);
    }
}
