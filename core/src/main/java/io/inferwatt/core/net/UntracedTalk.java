package io.inferwatt.core.net;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the requests of the meter out of the application's traces. OpenTelemetry's Java agent sees every connection of the JDK, and has a
 * way to be told that one is nobody's business, as those of its own are; where it is not there, or has that no more, nothing is told. Safe from
 * all threads.
 */
final class UntracedTalk {

    private static final String[] PLACES = {
        "io.opentelemetry.javaagent.shaded.io.opentelemetry.api.impl.InstrumentationUtil",
        "io.opentelemetry.javaagent.shaded.io.opentelemetry.api.internal.InstrumentationUtil"
    };

    private static volatile @Nullable MethodHandle found;

    private UntracedTalk() {}

    /** @param talk runs once, however often it is told to, and throws nothing */
    static void run(Runnable talk) {
        MethodHandle known = found;
        if (known == null) {
            known = find(null, PLACES);
            found = known;
        }
        run(known, talk);
    }

    static void run(@Nullable MethodHandle untraced, Runnable talk) {
        if (untraced != null) {
            try {
                untraced.invokeExact(talk);
            } catch (Throwable refused) {
                // It is traced then.
            }
        }
        talk.run();
    }

    /**
     * Returns what takes a {@link Runnable} and runs it untraced, or null. An agent may come later, so it is looked for again: that costs
     * microseconds.
     *
     * @param loader null for that of the JDK, where such an agent has what all may use
     */
    static @Nullable MethodHandle find(@Nullable ClassLoader loader, String... places) {
        for (String place : places) {
            try {
                return MethodHandles.publicLookup()
                        .findStatic(
                                Class.forName(place, true, loader),
                                "suppressInstrumentation",
                                MethodType.methodType(void.class, Runnable.class));
            } catch (ReflectiveOperationException | LinkageError notThere) {
                // the next one, or none
            }
        }
        return null;
    }
}
