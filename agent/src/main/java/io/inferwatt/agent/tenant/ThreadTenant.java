package io.inferwatt.agent.tenant;

import org.jspecify.annotations.Nullable;

/** The tenant that was told of the calling thread itself, by the application or by the request it serves. */
public final class ThreadTenant {

    private static final ThreadLocal<@Nullable String> NAME = new ThreadLocal<>();

    private static volatile @Nullable Runnable firstUse;
    private static volatile boolean used;

    private ThreadTenant() {}

    /** Says what is to be done as soon as a tenant is told of some thread: until then nobody needs to look for one. */
    public static void whenUsed(Runnable todo) {
        firstUse = todo;
        if (used) {
            todo.run();
        }
    }

    /**
     * Puts a tenant in force for the calling thread.
     *
     * @param name null leaves the one in force
     * @return the one that was in force before, for {@link #leave}
     */
    public static @Nullable String enter(@Nullable String name) {
        String before = NAME.get();
        if (name != null) {
            NAME.set(name);
            if (!used) {
                use();
            }
        }
        return before;
    }

    /** Puts a former tenant in force again, or nobody. */
    public static void leave(@Nullable String before) {
        if (before == null) {
            NAME.remove();
        } else {
            NAME.set(before);
        }
    }

    private static void use() {
        used = true;
        Runnable todo = firstUse;
        if (todo != null) {
            todo.run();
        }
    }

    static @Nullable String current() {
        return NAME.get();
    }
}
