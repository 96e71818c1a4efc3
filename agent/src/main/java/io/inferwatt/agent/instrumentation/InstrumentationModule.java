package io.inferwatt.agent.instrumentation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says where in a library model calls pass. Implementations are found by {@link java.util.ServiceLoader} while the JVM
 * starts: public, a public constructor without parameters, only strings, no lambda, no class of the library.
 */
public interface InstrumentationModule {

    /** Returns the library's name, the switch in {@code instrumentation.<library>.enabled}. */
    String library();

    /** Returns which advice goes into which methods. */
    List<Hook> hooks();

    /**
     * Returns the members that the advice uses beyond the hooked methods. If the application's copy of the library lacks
     * one, the library is left alone and one line says so.
     */
    default List<Member> requires() {
        return List.of();
    }

    /**
     * Returns binary names of classes of which only the loading is told to {@link #noticed}. They are not woven for that, so an
     * application pays nothing for having them.
     */
    default List<String> notices() {
        return List.of();
    }

    /**
     * Takes note that one of {@link #notices} is being loaded; called on whatever thread loads it, unless the library is off. Must
     * load no class of the application.
     *
     * @param loader where the class will be; null for the boot loader
     */
    default void noticed(@Nullable ClassLoader loader) {}

    /** Takes note that the library is off, for good. */
    default void turnedOff() {}
}
