package io.inferwatt.agent.start;

import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.agent.weaving.Libraries;
import java.lang.instrument.Instrumentation;

/**
 * Classes that were loaded before the agent came: when it is attached to a running JVM, but also at its start, where the JVM takes
 * the application's classes linked from an AOT cache (JEP 483), or another agent has used them.
 */
final class LoadedClasses {

    private LoadedClasses() {}

    /** Tells whether one that may have hooks is loaded. */
    static boolean any(Instrumentation instrumentation, Libraries libraries) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (mayMatch(loaded, libraries)) {
                return true;
            }
        }
        return false;
    }

    /** Weaves them, through a transformer that can retransform. */
    static void weave(Instrumentation instrumentation, Libraries libraries) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (mayMatch(loaded, libraries) && instrumentation.isModifiableClass(loaded)) {
                try {
                    instrumentation.retransformClasses(loaded);
                } catch (Throwable refused) {
                    AgentLog.info("calls of " + loaded.getName()
                            + " are not metered, it was loaded before the agent came: " + AgentLog.describe(refused));
                }
            }
        }
    }

    private static boolean mayMatch(Class<?> loaded, Libraries libraries) {
        String name = loaded.getName();
        return !(loaded.getClassLoader() == null && isOfTheJdk(name)) && libraries.mayMatch(name);
    }

    /** By its name too, since {@code -Xbootclasspath/a} gives libraries to the JDK's own loader. */
    private static boolean isOfTheJdk(String name) {
        return name.startsWith("java.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.")
                || name.startsWith("com.sun.");
    }
}
