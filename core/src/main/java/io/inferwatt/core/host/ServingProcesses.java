package io.inferwatt.core.host;

import java.util.Arrays;

/**
 * The processes of model servers on this machine that calls of this JVM are in flight with: what they do meanwhile is done for these
 * calls, as far as can be told. Safe from all threads.
 */
public final class ServingProcesses {

    private static final int[] NONE = {};

    private volatile int[] pids = NONE;

    /**
     * Says which they are from now on.
     *
     * @param now ids as below the root of the proc file system, in any order
     */
    public void set(int... now) {
        if (now.length > 0 || pids.length > 0) {
            int[] ascending = now.clone();
            Arrays.sort(ascending);
            pids = ascending;
        }
    }

    public boolean contains(int pid) {
        return Arrays.binarySearch(pids, pid) >= 0;
    }
}
