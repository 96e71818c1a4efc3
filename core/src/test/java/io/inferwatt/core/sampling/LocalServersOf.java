package io.inferwatt.core.sampling;

import io.inferwatt.core.call.Calls;
import io.inferwatt.core.host.ServingProcesses;
import java.nio.file.Path;

/** Servers for tests that have none. */
final class LocalServersOf {

    private LocalServersOf() {}

    /** Returns those of a machine without a proc file system. */
    static LocalServers noProc(Calls calls) {
        return new LocalServers(calls.targets(), Path.of("/does/not/exist"), new ServingProcesses(), line -> {});
    }
}
