package io.inferwatt.agent.start;

import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.agent.weaving.Libraries;
import java.lang.instrument.Instrumentation;

/** Weaves the classes that were loaded before the agent came, when it is attached to a running JVM. */
final class LoadedClasses {

    private LoadedClasses() {}

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
