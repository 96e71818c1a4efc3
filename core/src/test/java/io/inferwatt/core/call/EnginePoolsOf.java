package io.inferwatt.core.call;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Pools below another proc file system, for tests outside this package. */
public final class EnginePoolsOf {

    private EnginePoolsOf() {}

    public static EnginePools proc(Path root) {
        return new EnginePools(root);
    }

    /** Returns an empty record of calls whose engines have their threads below that root. */
    public static Calls calls(Path root) {
        return calls(root, System::nanoTime);
    }

    /** Returns the same with another clock. */
    public static Calls calls(Path root, LongSupplier nanoClock) {
        return new Calls(new CallRecorder(1), nanoClock, Duration.ofMinutes(10), proc(root));
    }
}
