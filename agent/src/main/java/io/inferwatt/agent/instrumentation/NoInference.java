package io.inferwatt.agent.instrumentation;

import org.jspecify.annotations.Nullable;

/**
 * Work of a thread that asks models for answers and yet is no inference: training, and evaluation against known answers. One
 * for all libraries, since a network that is trained may have layers of another library. Each library that can be called so
 * asks {@link #isOn} before it begins a call.
 */
public final class NoInference {

    /** How much of it the thread is in, one inside the other. An array, so that nothing is allocated each time. */
    private static final ThreadLocal<int @Nullable []> DEPTH = new ThreadLocal<>();

    private NoInference() {}

    /** Begins such work; return what this returns from the enter advice, for {@link #end}. Must be the last thing there that can fail. */
    public static Object begin() {
        int[] depth = DEPTH.get();
        if (depth == null) {
            depth = new int[1];
            DEPTH.set(depth);
        }
        depth[0]++;
        return depth;
    }

    /** Ends such work on the thread that began it, if it did: an enter advice that failed left null. */
    public static void end(@Nullable Object begun) {
        if (begun != null) {
            ((int[]) begun)[0]--;
        }
    }

    /** Tells whether the calling thread is in such work. */
    public static boolean isOn() {
        int[] depth = DEPTH.get();
        return depth != null && depth[0] > 0;
    }
}
