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

    /** Tells whether one that may have hooks is loaded. Classes of the JDK's own loader are no library's and not looked at. */
    static boolean any(Instrumentation instrumentation, Libraries libraries) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getClassLoader() != null && libraries.mayMatch(loaded.getName())) {
                return true;
            }
        }
        return false;
    }

    /** Weaves them. The transformer must be one that can retransform. */
    static void weave(Instrumentation instrumentation, Libraries libraries) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (libraries.mayMatch(loaded.getName()) && instrumentation.isModifiableClass(loaded)) {
                try {
                    instrumentation.retransformClasses(loaded);
                } catch (Throwable refused) {
                    AgentLog.info("calls of " + loaded.getName()
                            + " are not metered, it was loaded before the agent came: " + AgentLog.describe(refused));
                }
            }
        }
    }
}
