package io.inferwatt.agent.tenant;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The tenants that an application tells of its threads, through the dispatcher. Never throws. */
public final class ApplicationTenants implements Function<@Nullable String, Runnable> {

    @Override
    public Runnable apply(@Nullable String name) {
        return new Leaving(Thread.currentThread(), ThreadTenant.enter(name));
    }

    private record Leaving(Thread thread, @Nullable String before) implements Runnable {

        @Override
        public void run() {
            if (Thread.currentThread() == thread) { // another one has nothing to do with it
                ThreadTenant.leave(before);
            }
        }
    }
}
