package io.inferwatt.core.footprint.remote;

import io.inferwatt.core.input.Bounded;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Brings the many names of one model together: {@code openai/gpt-4o}, {@code us.anthropic.claude-sonnet-4-20250514-v1:0},
 * {@code ft:gpt-4o-mini-2024-07-18:org::id}, {@code llama3.1:8b-instruct-q4_0}. Never throws, whatever the text.
 */
final class ModelName {

    /** No provider has longer ones; what is beyond is cut. */
    static final int MAX_LENGTH = 300;

    /** Makers as Amazon Bedrock puts them before the name. */
    private static final List<String> BEDROCK_MAKERS = List.of(
            "anthropic.",
            "meta.",
            "amazon.",
            "mistral.",
            "cohere.",
            "deepseek.",
            "qwen.",
            "openai.",
            "google.",
            "nvidia.",
            "ai21.",
            "writer.",
            "stability.",
            "minimax.",
            "moonshot.",
            "moonshotai.",
            "zai.");

    /** Groups of regions that Bedrock's inference profiles put before the maker. */
    private static final List<String> BEDROCK_GROUPS =
            List.of("us.", "eu.", "apac.", "global.", "us-gov.", "jp.", "au.", "ca.", "sa.", "me.", "af.");

    /** What gateways put behind a colon, which says nothing of the model. */
    private static final Set<String> VARIANTS =
            Set.of("free", "nitro", "floor", "extended", "beta", "online", "exacto", "thinking", "latest");

    private static final List<String> SUFFIXES = List.of("-latest", "-preview", "-exp", "-maas");

    private ModelName() {}

    /**
     * Returns the names to look up, the closest one first: without what hosts put around it, then without one date or version
     * after the other. Has at least one element.
     */
    static List<String> candidates(String written) {
        List<String> names = new ArrayList<>();
        String name = base(written);
        String next = name;
        do {
            name = next;
            names.add(name);
            next = base(shortened(name));
        } while (!next.equals(name));
        return names;
    }

    /** Returns the last of the candidates; applied twice it gives the same as applied once. */
    static String normal(String written) {
        List<String> names = candidates(written);
        return names.get(names.size() - 1);
    }

    /** Returns the name in lower case without what hosts put around it; keeps dates. */
    static String base(String written) {
        String name = written;
        String next = step(name);
        while (!next.equals(name)) {
            name = next;
            next = step(name);
        }
        return name;
    }

    private static String step(String written) {
        // Cut twice: of some letters the lower case is longer.
        String name = withoutFineTuning(Bounded.text(Bounded.lowerCase(written, MAX_LENGTH), MAX_LENGTH));
        String last = afterLast(name, '/');
        if (!last.equals(name)) {
            // What follows the path may be a fine-tune in turn.
            return last;
        }
        name = withoutAt(name);
        name = withoutMaker(name);
        name = withoutColon(name);
        return respelled(name);
    }

    /** OpenAI: {@code ft:base:org:name:id}, Azure: {@code base.ft-id}. */
    private static String withoutFineTuning(String name) {
        if (name.startsWith("ft:") && name.length() > 3) {
            int end = name.indexOf(':', 3);
            return end < 0 ? name.substring(3) : name.substring(3, end);
        }
        int azure = name.indexOf(".ft-");
        return azure > 0 ? name.substring(0, azure) : name;
    }

    /** Vertex AI puts the date, a version or {@code default} there. */
    private static String withoutAt(String name) {
        int at = name.indexOf('@');
        if (at <= 0) {
            return name;
        }
        String version = name.substring(at + 1);
        return isDigits(version) ? name.substring(0, at) + '-' + version : name.substring(0, at);
    }

    private static String withoutMaker(String name) {
        String rest = withoutAnyOf(BEDROCK_GROUPS, name);
        for (String maker : BEDROCK_MAKERS) {
            if (rest.startsWith(maker) && rest.length() > maker.length()) {
                // There the maker is a part of the name: deepseek.r1.
                return maker.equals("deepseek.")
                        ? "deepseek-" + rest.substring(maker.length())
                        : rest.substring(maker.length());
            }
        }
        return name;
    }

    private static String withoutAnyOf(List<String> prefixes, String name) {
        for (String prefix : prefixes) {
            if (name.startsWith(prefix)) {
                return name.substring(prefix.length());
            }
        }
        return name;
    }

    /** Bedrock's {@code -v1:0} and {@code -v1:0:48k}, the variants of gateways, else a tag of Ollama, which belongs to the name. */
    private static String withoutColon(String name) {
        int colon = name.indexOf(':');
        if (colon <= 0) {
            return name;
        }
        String head = name.substring(0, colon);
        String tail = name.substring(colon + 1);
        if (!tail.isEmpty() && isDigit(tail.charAt(0)) && (tail.length() == 1 || tail.charAt(1) == ':')) {
            int hyphen = head.lastIndexOf('-');
            String version = head.substring(hyphen + 1);
            String digits = version.startsWith("v") ? version.substring(1) : version;
            if (hyphen > 0 && isDigits(digits)) {
                return head.substring(0, hyphen);
            }
        }
        return tail.isEmpty() || VARIANTS.contains(tail) ? head : head + '-' + tail;
    }

    private static String respelled(String name) {
        String respelled = name;
        if (respelled.startsWith("gpt-35-")) {
            // Azure allows no dots.
            respelled = "gpt-3.5-" + respelled.substring(7);
        }
        if (respelled.startsWith("databricks-") && respelled.length() > 11) {
            respelled = respelled.substring(11);
        }
        if (respelled.startsWith("llama-v3p")) {
            respelled = "llama-3." + respelled.substring(9);
        }
        if (respelled.startsWith("claude-")) {
            respelled = respelled.replace('.', '-');
            int version = respelled.lastIndexOf("-v");
            if (version > 7 && isDigits(respelled.substring(version + 2))) {
                respelled = respelled.substring(0, version);
            }
        }
        return respelled;
    }

    /** Returns the name without one date, version or remark at its end, or the same name. */
    static String shortened(String name) {
        for (String suffix : SUFFIXES) {
            if (name.endsWith(suffix) && name.length() > suffix.length()) {
                return name.substring(0, name.length() - suffix.length());
            }
        }
        int end = name.length() - dateLength(name);
        return end > 0 ? name.substring(0, end) : name;
    }

    /** Returns how many characters at the end are a date or a version, with the hyphen before them; 0 if none are. */
    private static int dateLength(String name) {
        String[] shapes = {"-####-##-##", "-########", "-##-####", "-##-##", "-####", "-0##"};
        for (String shape : shapes) {
            if (name.length() > shape.length() && hasShape(name, shape) && isDate(name, shape)) {
                return shape.length();
            }
        }
        return 0;
    }

    private static boolean hasShape(String name, String shape) {
        int offset = name.length() - shape.length();
        for (int i = 0; i < shape.length(); i++) {
            char wanted = shape.charAt(i);
            char c = name.charAt(offset + i);
            if (wanted == '#' ? !isDigit(c) : c != wanted) {
                return false;
            }
        }
        // Not the end of a longer number.
        return offset > 0 && name.charAt(offset - 1) != '-';
    }

    /** Keeps numbers that cannot be dates, so that {@code model-4096} stays what it is. */
    private static boolean isDate(String name, String shape) {
        int end = name.length();
        return switch (shape) {
            case "-########" -> isYear(name, end - 8) && isMonth(name, end - 4) && isDay(name, end - 2);
            case "-####-##-##" -> isYear(name, end - 10) && isMonth(name, end - 5) && isDay(name, end - 2);
            case "-##-####" -> isMonth(name, end - 7) && isYear(name, end - 4);
            case "-##-##" -> isMonth(name, end - 5) && isDay(name, end - 2);
            case "-####" ->
                (isMonth(name, end - 4) && isDay(name, end - 2))
                        || (number(name, end - 4, 2) >= 23 && number(name, end - 4, 2) <= 39 && isMonth(name, end - 2));
            default -> true;
        };
    }

    private static boolean isYear(String name, int start) {
        return name.startsWith("20", start);
    }

    private static boolean isMonth(String name, int start) {
        int month = number(name, start, 2);
        return month >= 1 && month <= 12;
    }

    private static boolean isDay(String name, int start) {
        int day = number(name, start, 2);
        return day >= 1 && day <= 31;
    }

    private static int number(String name, int start, int length) {
        int value = 0;
        for (int i = start; i < start + length; i++) {
            value = value * 10 + name.charAt(i) - '0';
        }
        return value;
    }

    private static String afterLast(String name, char separator) {
        int last = name.lastIndexOf(separator);
        return last < 0 || last == name.length() - 1 ? name : name.substring(last + 1);
    }

    private static boolean isDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
