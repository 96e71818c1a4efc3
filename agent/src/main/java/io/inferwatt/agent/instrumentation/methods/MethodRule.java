package io.inferwatt.agent.instrumentation.methods;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.Picked;
import io.inferwatt.agent.instrumentation.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the setting {@value MethodsModule#NAME}: which methods of the application are model calls. Parsed by hand, since a regular
 * expression would cost the application's start.
 *
 * <pre>
 * class[+]#method[(arity)][:option=value...]     methods of a class, with + of its subtypes
 * &#64;annotation[:option=value...]                 methods with an annotation
 * </pre>
 *
 * @param text the entry as written
 * @param type binary name of the class or annotation
 * @param kind what the type is
 * @param method name of the methods, {@link Hook#ANNOTATED} for those with an annotation
 * @param arity number of parameters, or {@link Picked#ANY}
 * @param within how the names of the classes start where the type alone does not tell them
 * @param model where the model's name comes from
 * @param units index of the argument that tells the batch rows, or {@link Picked#NONE}
 * @param requests index of the argument that tells the requests, or {@link Picked#NONE}
 */
record MethodRule(
        String text,
        String type,
        Kind kind,
        String method,
        int arity,
        String within,
        ModelSource model,
        int units,
        int requests) {

    enum Kind {
        CLASS,
        SUBTYPES,
        ANNOTATION
    }

    static final String ALLOWED =
            "package.Class#method, package.Class+#method or @package.Annotation, then perhaps (number of"
                    + " arguments) and :model=name|argN|getter()|argN.getter(), :units=argN, :requests=argN, :in=package.";

    private static final int MOST_ARGUMENTS = 255;

    /** Returns the rule, or null if the text is not understood. */
    static @Nullable MethodRule parse(String entry) {
        String text = entry.strip();
        String[] parts = text.split(":", -1);
        String head = parts[0].strip();
        int arity = Picked.ANY;
        if (head.endsWith(")")) {
            int open = head.lastIndexOf('(');
            arity = open < 0 ? Picked.NONE : number(head.substring(open + 1, head.length() - 1));
            if (arity < 0) {
                return null;
            }
            head = head.substring(0, open);
        }
        Kind kind = Kind.CLASS;
        String type;
        String method = Hook.ANNOTATED;
        int hash = head.indexOf('#');
        if (head.startsWith("@")) {
            kind = Kind.ANNOTATION;
            type = head.substring(1);
        } else if (hash > 0) {
            kind = head.charAt(hash - 1) == '+' ? Kind.SUBTYPES : Kind.CLASS;
            type = head.substring(0, kind == Kind.SUBTYPES ? hash - 1 : hash);
            method = head.substring(hash + 1);
        } else {
            return null;
        }
        int dot = type.lastIndexOf('.');
        boolean named = isName(type) && dot > 0 && (kind == Kind.ANNOTATION || isName(method));
        return named ? withOptions(text, parts, kind, type, method, arity, type.substring(0, dot + 1)) : null;
    }

    private static @Nullable MethodRule withOptions(
            String text, String[] parts, Kind kind, String type, String method, int arity, String ownPackage) {
        String within = ownPackage;
        ModelSource model = ModelSource.NOT_TOLD;
        int units = Picked.NONE;
        int requests = Picked.NONE;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String value = parts[i].substring(equals + 1).strip();
            switch (equals < 0 || value.isEmpty()
                    ? ""
                    : parts[i].substring(0, equals).strip()) {
                case "model" -> model = ModelSource.parse(value);
                case "units" -> units = ModelSource.argumentOf(value);
                case "requests" -> requests = ModelSource.argumentOf(value);
                case "in" -> within = value;
                default -> {
                    return null;
                }
            }
        }
        boolean understood = units != ModelSource.NO_ARGUMENT
                && requests != ModelSource.NO_ARGUMENT
                && isName(within.endsWith(".") ? within.substring(0, within.length() - 1) : within);
        int last = Math.max(Math.max(units, requests), model.argument());
        boolean inRange = arity == Picked.ANY || last < arity;
        return understood && inRange
                ? new MethodRule(text, type, kind, method, arity, within, model, units, requests)
                : null;
    }

    /** Returns a whole number of at most {@value #MOST_ARGUMENTS}, or a negative one for anything else. */
    static int number(String text) {
        if (text.isEmpty() || text.length() > 3) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            number = number * 10 + digit - '0';
        }
        return number > MOST_ARGUMENTS ? -1 : number;
    }

    private static boolean isName(String text) {
        boolean start = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (start ? !Character.isJavaIdentifierStart(c) : c != '.' && !Character.isJavaIdentifierPart(c)) {
                return false;
            }
            start = c == '.';
        }
        return !start;
    }

    List<Hook> hooks() {
        Picked picked = new Picked(text, arity, model.argument(), units, requests);
        return switch (kind) {
            case CLASS -> List.of(Hook.onPicked(new Target.Named(type), method, MethodsModule.ADVICE, true, picked));
            case SUBTYPES ->
                List.of(
                        Hook.onPicked(new Target.Named(type), method, MethodsModule.ADVICE, false, picked),
                        Hook.onPicked(
                                new Target.Subtypes(type, within, ""), method, MethodsModule.ADVICE, false, picked));
            case ANNOTATION ->
                List.of(Hook.onPicked(new Target.Annotated(type, within), method, MethodsModule.ADVICE, false, picked));
        };
    }
}
