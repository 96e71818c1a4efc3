package io.inferwatt.exporters.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Evaluates the formulas that a disclosure prints on its own JSON, knowing nothing of the code that made it. */
final class FormulaEvaluator {

    private final JsonObject root;
    private final List<JsonObject> scopes;
    private final String text;
    private int at;

    private FormulaEvaluator(JsonObject root, List<JsonObject> scopes, String text) {
        this.root = root;
        this.scopes = scopes;
        this.text = text;
    }

    /** @param scopes objects around the figure, outermost first */
    static double evaluate(JsonObject root, List<JsonObject> scopes, String formula) {
        FormulaEvaluator evaluator = new FormulaEvaluator(root, scopes, formula);
        double value = evaluator.sum();
        if (evaluator.peek() != '\0') {
            throw new IllegalArgumentException("left over in " + formula + " at " + evaluator.at);
        }
        return value;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (take('+')) {
                value += product();
            } else if (take('-')) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = factor();
        while (true) {
            if (take('*')) {
                value *= factor();
            } else if (take('/')) {
                double divisor = factor();
                value = divisor == 0 ? Double.NaN : value / divisor;
            } else {
                return value;
            }
        }
    }

    private double factor() {
        if (take('(')) {
            double value = sum();
            expect(')');
            return value;
        }
        String word = word();
        if (!take('(')) {
            return Character.isDigit(word.charAt(0)) ? Double.parseDouble(word) : number(find(word));
        }
        return switch (word) {
            case "known" -> {
                double value = sum();
                expect(')');
                yield Double.isNaN(value) ? 0 : value;
            }
            case "max", "min", "hypot", "add" -> {
                double one = sum();
                expect(',');
                double other = sum();
                expect(')');
                yield switch (word) {
                    case "max" -> Math.max(one, other);
                    case "min" -> Math.min(one, other);
                    case "hypot" -> Math.sqrt(one * one + other * other);
                    default -> Double.isNaN(one) ? other : Double.isNaN(other) ? one : one + other;
                };
            }
            case "when" -> {
                String said = find(word()).getAsString();
                expect(',');
                boolean equal = said.equals(word());
                expect(',');
                double one = sum();
                expect(',');
                double other = sum();
                expect(')');
                yield equal ? one : other;
            }
            case "part" -> {
                JsonElement part = find(word());
                expect(',');
                String inner = argument();
                yield part instanceof JsonObject object ? within(object, inner) : 0;
            }
            case "sum" -> {
                JsonElement list = find(word());
                expect(',');
                String inner = argument();
                double total = Double.NaN;
                for (JsonElement element : list.getAsJsonArray()) {
                    double value = within(element.getAsJsonObject(), inner);
                    total = Double.isNaN(value) ? total : (Double.isNaN(total) ? 0 : total) + value;
                }
                yield total;
            }
            case "all" -> {
                JsonElement list = find(word());
                expect(',');
                String inner = argument();
                double total = 0;
                for (JsonElement element : list.getAsJsonArray()) {
                    total += within(element.getAsJsonObject(), inner);
                }
                yield total;
            }
            case "row" -> {
                String id = find(word()).getAsString();
                expect(',');
                String inner = argument();
                double value = Double.NaN;
                for (JsonElement model : root.getAsJsonArray("models")) {
                    if (model.getAsJsonObject().get("id").getAsString().equals(id)) {
                        value = within(model.getAsJsonObject(), inner);
                    }
                }
                yield value;
            }
            default -> throw new IllegalArgumentException("no function " + word);
        };
    }

    private double within(JsonObject scope, String inner) {
        List<JsonObject> deeper = new ArrayList<>(scopes);
        deeper.add(scope);
        return evaluate(root, deeper, inner);
    }

    /** Returns the text up to the bracket that closes the function. */
    private String argument() {
        int begin = at;
        int depth = 1;
        while (true) {
            char each = text.charAt(at++);
            depth += each == '(' ? 1 : each == ')' ? -1 : 0;
            if (depth == 0) {
                return text.substring(begin, at - 1);
            }
        }
    }

    /** Looks the first member up from the innermost object outwards. */
    private JsonElement find(String path) {
        String[] members = path.split("\\.", -1);
        for (int i = scopes.size() - 1; i >= 0; i--) {
            if (scopes.get(i).has(members[0])) {
                JsonElement found = scopes.get(i);
                for (String member : members) {
                    if (found instanceof JsonObject object) {
                        if (!object.has(member)) {
                            throw new IllegalArgumentException("no member " + path);
                        }
                        found = object.get(member);
                    }
                }
                return found;
            }
        }
        throw new IllegalArgumentException("no member " + path);
    }

    private static double number(JsonElement element) {
        return element.isJsonNull() ? Double.NaN : element.getAsDouble();
    }

    private String word() {
        peek();
        int begin = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "._".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        if (begin == at) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "no name in '%s' at %d", text, at));
        }
        return text.substring(begin, at);
    }

    private char peek() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean take(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw new IllegalArgumentException("'" + wanted + "' is missing in " + text + " at " + at);
        }
    }
}
