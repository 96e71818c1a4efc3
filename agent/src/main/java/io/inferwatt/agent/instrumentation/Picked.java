package io.inferwatt.agent.instrumentation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an advice sees of methods whose shape only the settings know: chosen arguments, boxed where primitive, instead of an
 * array of them all for each call. The annotations go on parameters of advice methods of type {@link Object}, and on one
 * {@link String} for the {@link Site}.
 *
 * @param rule any text, part of the {@link Site}
 * @param arity how many parameters the method has, or {@link #ANY}
 * @param model index of the parameter that is passed as {@link Model}, or {@link #NONE}, which passes null
 * @param units the same for {@link Units}
 * @param requests the same for {@link Requests}
 */
public record Picked(String rule, int arity, int model, int units, int requests) {

    public static final int ANY = -1;
    public static final int NONE = -1;

    /** Between the parts of a site; in none of them. */
    public static final char SEPARATOR = '\n';

    /** Returns how many parameters a method must have at least. */
    public int leastParameters() {
        return Math.max(Math.max(model, units), requests) + 1;
    }

    /** The argument that tells the model. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Model {}

    /** The argument that tells the batch rows. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Units {}

    /** The argument that tells for how many requests the call stands. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Requests {}

    /** What the method returns, null where that is a number or nothing, which would cost an object. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Answer {}

    /**
     * A constant text for each woven method, in lines: the rule, the binary name of the class, the name of the method, the
     * {@code value} of the annotation it was found by if that is a text.
     */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Site {}
}
