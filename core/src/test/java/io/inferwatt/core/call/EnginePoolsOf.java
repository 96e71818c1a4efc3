package io.inferwatt.core.call;

import java.nio.file.Path;
import java.time.Duration;

/** Pools below another proc file system, for tests outside this package. */
public final class EnginePoolsOf {

    private EnginePoolsOf() {}

    public static EnginePools proc(Path root) {
        return new EnginePools(root);
    }

    /** Returns an empty record of calls whose engines have their threads below that root. */
    public static Calls calls(Path root) {
        return new Calls(new CallRecorder(1), System::nanoTime, Duration.ofMinutes(10), proc(root));
    }
}
