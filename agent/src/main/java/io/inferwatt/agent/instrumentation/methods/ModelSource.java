package io.inferwatt.agent.instrumentation.methods;

import io.inferwatt.agent.instrumentation.Picked;
import org.jspecify.annotations.Nullable;

/**
 * Where the name of a model comes from.
 *
 * @param constant the name itself, or null
 * @param argument index of the argument that has the name, or whose getter has, or {@link Picked#NONE}
 * @param getter name of the method without parameters that returns the name, of the argument or else of the object that is
 *     called; or null
 */
record ModelSource(
        @Nullable String constant, int argument, @Nullable String getter) {

    /** Named after class and method, or by the value of the annotation. */
    static final ModelSource NOT_TOLD = new ModelSource(null, Picked.NONE, null);

    /** A text that names no argument; another number than {@link Picked#NONE}, so that what is wrong differs from what is unset. */
    static final int NO_ARGUMENT = -2;

    private static final String ARGUMENT = "arg";
    private static final String CALL = "()";

    static ModelSource parse(String text) {
        int argument = argumentOf(text);
        if (argument >= 0) {
            return new ModelSource(null, argument, null);
        }
        if (!text.endsWith(CALL)) {
            return new ModelSource(text, Picked.NONE, null);
        }
        String getter = text.substring(0, text.length() - CALL.length());
        int dot = getter.indexOf('.');
        int of = dot < 0 ? -1 : argumentOf(getter.substring(0, dot));
        return of < 0
                ? new ModelSource(null, Picked.NONE, getter)
                : new ModelSource(null, of, getter.substring(dot + 1));
    }

    /** Returns N of a text {@code argN}, or {@link #NO_ARGUMENT} for any other. */
    static int argumentOf(String text) {
        int number = text.startsWith(ARGUMENT) ? MethodRule.number(text.substring(ARGUMENT.length())) : NO_ARGUMENT;
        return number < 0 ? NO_ARGUMENT : number;
    }
}
