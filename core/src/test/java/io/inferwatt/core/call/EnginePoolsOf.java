package io.inferwatt.core.call;

import java.nio.file.Path;

/** Pools below another proc file system, for tests outside this package. */
public final class EnginePoolsOf {

    private EnginePoolsOf() {}

    public static EnginePools proc(Path root) {
        return new EnginePools(root);
    }
}
