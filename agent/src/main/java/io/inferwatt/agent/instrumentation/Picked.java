package io.inferwatt.agent.instrumentation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an advice sees of methods whose shape only the settings know: chosen arguments instead of an array of them all for each
 * call, and the answer. Nothing is boxed, since that would allocate on the application's thread: what is primitive comes as a
 * {@code long} beside the {@link Object}, which is null then. The annotations go on parameters of advice methods of type {@link Object},
 * those named {@code …Number} and {@code …Bits} on {@code long}, and {@link Site} on a {@link String}.
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

    /** The argument that tells the model; null where it is primitive. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Model {}

    /** The primitive argument that tells the model: whole numbers as they are, others by their bits; the {@link Site} says what it is. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface ModelBits {}

    /** The argument that tells the batch rows; null where it is primitive. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Units {}

    /** The primitive number that tells the batch rows, without what is behind its decimal point; 1 where there is none. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface UnitsNumber {}

    /** The argument that tells for how many requests the call stands; null where it is primitive. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Requests {}

    /** The primitive number that tells for how many requests the call stands, as {@link UnitsNumber} does. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface RequestsNumber {}

    /** What the method returned; null where that is primitive. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Answer {}

    /**
     * A constant text for each woven method, in lines: the rule, the binary name of the class, the name of the method, the
     * {@code value} of the annotation it was found by if that is a text, the descriptor of the argument that tells the model if that is
     * primitive.
     */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.PARAMETER)
    public @interface Site {}
}
