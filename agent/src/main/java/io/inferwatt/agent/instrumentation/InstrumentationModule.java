package io.inferwatt.agent.instrumentation;

import java.util.List;

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
}
