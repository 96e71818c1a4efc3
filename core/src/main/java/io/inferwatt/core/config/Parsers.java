package io.inferwatt.core.config;

import io.inferwatt.core.input.Bounded;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the kinds of values that settings have. Stricter than the JDK's parsers: no NaN, hexadecimal or exponents. */
final class Parsers {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%\\[\\]-]{1,253}");
    private static final Pattern SOURCE_ID = Pattern.compile("[a-z][a-z0-9_-]{0,39}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final int LONGEST_PAIR = 300;

    /** Longer ones are no flag and no id. */
    private static final int LONGEST_WORD = 60;

    private static final Set<String> YES = Set.of("true", "yes", "on", "1");
    private static final Set<String> NO = Set.of("false", "no", "off", "0");

    private Parsers() {}

    static @Nullable Boolean flag(String text) {
        String lower = Bounded.lowerCase(text, LONGEST_WORD);
        return YES.contains(lower) ? Boolean.TRUE : NO.contains(lower) ? Boolean.FALSE : null;
    }

    static SettingKey.Parser<Integer> wholeNumber(int min, int max) {
        return text -> {
            if (!WHOLE_NUMBER.matcher(text).matches()) {
                return null;
            }
            int value = Integer.parseInt(text);
            return value >= min && value <= max ? Integer.valueOf(value) : null;
        };
    }

    static SettingKey.Parser<OptionalInt> optionalWholeNumber(int min, int max) {
        SettingKey.Parser<Integer> number = wholeNumber(min, max);
        return text -> {
            if (text.isEmpty()) {
                return OptionalInt.empty();
            }
            Integer value = number.parse(text);
            return value == null ? null : OptionalInt.of(value);
        };
    }

    static SettingKey.Parser<Double> number(double min, double max) {
        return text -> {
            if (!NUMBER.matcher(text).matches()) {
                return null;
            }
            double value = Double.parseDouble(text);
            return value >= min && value <= max ? Double.valueOf(value) : null;
        };
    }

    /** Reads a number with a percent sign as a part of 1; without the sign nobody could tell 1 from 100. */
    static SettingKey.Parser<Double> percentage(double min, double max) {
        SettingKey.Parser<Double> number = number(min, max);
        return text -> {
            Double percent = text.endsWith("%")
                    ? number.parse(text.substring(0, text.length() - 1).stripTrailing())
                    : null;
            return percent == null ? null : Double.valueOf(percent / 100);
        };
    }

    static SettingKey.Parser<OptionalDouble> optionalNumber(double min, double max) {
        SettingKey.Parser<Double> number = number(min, max);
        return text -> {
            if (text.isEmpty()) {
                return OptionalDouble.empty();
            }
            Double value = number.parse(text);
            return value == null ? null : OptionalDouble.of(value);
        };
    }

    static SettingKey.Parser<Duration> duration(Duration min, Duration max) {
        return text -> {
            Matcher matcher = DURATION.matcher(text);
            if (!matcher.matches()) {
                return null;
            }
            long count = Long.parseLong(matcher.group(1));
            Duration value = switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(count);
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                default -> Duration.ofHours(count);
            };
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0 ? value : null;
        };
    }

    /** Accepts what {@code parser} accepts, and {@code unset} (or nothing at all) for "no value". */
    static <T> SettingKey.Parser<Optional<T>> optional(String unset, SettingKey.Parser<T> parser) {
        return text -> {
            if (text.isEmpty() || text.equalsIgnoreCase(unset)) {
                return Optional.empty();
            }
            T value = parser.parse(text);
            return value == null ? null : Optional.of(value);
        };
    }

    static <E extends Enum<E>> SettingKey.Parser<E> choice(E[] choices, Function<E, String> label) {
        return text -> {
            for (E choice : choices) {
                if (label.apply(choice).equalsIgnoreCase(text)) {
                    return choice;
                }
            }
            return null;
        };
    }

    static SettingKey.Parser<String> text(int maxLength) {
        return text -> text.length() <= maxLength && isPrintable(text) ? text : null;
    }

    /** Names separated by semicolons, none of them twice. */
    static SettingKey.Parser<List<String>> names(int maxNames, int maxLength) {
        return text -> {
            if (text.isEmpty()) {
                return List.of();
            }
            List<String> names = parts(text);
            boolean wellFormed =
                    names.stream().allMatch(name -> !name.isEmpty() && name.length() <= maxLength && isPrintable(name));
            return wellFormed && names.size() <= maxNames && Set.copyOf(names).size() == names.size() ? names : null;
        };
    }

    /** As {@link #names}, without the words that stand for all other tenants and for nobody. */
    static SettingKey.Parser<List<String>> tenants(int maxNames, int maxLength) {
        SettingKey.Parser<List<String>> parser = names(maxNames, maxLength);
        return text -> {
            List<String> names = parser.parse(text);
            return names == null || names.contains("other") || names.contains("none") ? null : names;
        };
    }

    /** Not by a regular expression that takes blanks along: of very many blanks that would never come to an end. */
    private static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(";", -1)) {
            parts.add(part.strip());
        }
        return parts;
    }

    /**
     * Entries {@code key=value} separated by semicolons, no key twice, in the order given.
     *
     * @param labels whether keys must be names of Prometheus labels
     */
    static SettingKey.Parser<Map<String, String>> pairs(int maxPairs, boolean labels) {
        return text -> {
            Map<String, String> pairs = new LinkedHashMap<>();
            for (String entry : text.isEmpty() ? new String[0] : text.split(";", -1)) {
                int equals = entry.indexOf('=');
                String key = equals < 0 ? "" : entry.substring(0, equals).strip();
                String value = entry.substring(equals + 1).strip();
                boolean wellFormed = !key.isEmpty()
                        && !value.isEmpty()
                        && entry.length() <= LONGEST_PAIR
                        && isPrintable(entry)
                        && (!labels || isLabel(key));
                if (!wellFormed || pairs.put(key, value) != null) {
                    return null;
                }
            }
            return pairs.size() <= maxPairs ? Collections.unmodifiableMap(pairs) : null;
        };
    }

    /** Two underscores in front are Prometheus' own. */
    private static boolean isLabel(String key) {
        return LABEL.matcher(key).matches() && !key.startsWith("__");
    }

    static @Nullable String host(String text) {
        return HOST.matcher(text).matches() ? text : null;
    }

    static @Nullable Path path(String text) {
        try {
            return text.isEmpty() || !isPrintable(text) ? null : Path.of(text);
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private static boolean isPrintable(String text) {
        return text.chars().noneMatch(Character::isISOControl);
    }

    static @Nullable String id(String text) {
        String id = Bounded.lowerCase(text, LONGEST_WORD);
        return SOURCE_ID.matcher(id).matches() ? id : null;
    }

    static @Nullable List<String> sources(String text) {
        List<String> ids = parts(text);
        boolean wellFormed = ids.stream().allMatch(id -> SOURCE_ID.matcher(id).matches());
        boolean distinct = Set.copyOf(ids).size() == ids.size();
        boolean autoAlone = ids.size() == 1 || !ids.contains("auto");
        return wellFormed && distinct && autoAlone ? ids : null;
    }
}
