package io.inferwatt.exporters.micrometer;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What expressions may ask for: the names that the meter promises, and those that rules record. */
public final class PromisedNames {

    /** Only the registry of an application has it, in the place of buckets. */
    private static final String OF_APPLICATIONS = "inferwatt_requests_within_total";

    private static final Pattern NAME = Pattern.compile("(?<![\\w:])(?:\\w+:)?inferwatt_\\w+(?::\\w+)?");

    private PromisedNames() {}

    /** Returns the names in an expression that nobody promises. */
    public static Set<String> unknown(String expression, Iterable<String> recorded) {
        Set<String> unknown = new TreeSet<>(names(expression));
        unknown.removeAll(CatalogueTest.PROMISED);
        unknown.remove(OF_APPLICATIONS);
        recorded.forEach(unknown::remove);
        return unknown;
    }

    public static Set<String> names(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(expression);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }

    /** Returns the upper bounds of the histogram of joules a request. */
    public static List<Double> requestBounds() {
        return Arrays.stream(Catalogue.REQUEST_ENERGY_BOUNDS).boxed().toList();
    }
}
