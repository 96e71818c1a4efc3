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

    /**
     * Weaves them, through a transformer that can retransform. Classes of the JDK's own loader are no library's, so that nearly
     * nothing is looked at when the agent starts first.
     */
    static void weave(Instrumentation instrumentation, Libraries libraries) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getClassLoader() != null
                    && libraries.mayMatch(loaded.getName())
                    && instrumentation.isModifiableClass(loaded)) {
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
