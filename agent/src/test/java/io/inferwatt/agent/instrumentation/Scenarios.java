package io.inferwatt.agent.instrumentation;

import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.ModelKey;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks scenarios for more than their interface has. Their class in the application's loader is not the one of the test. */
public final class Scenarios {

    private Scenarios() {}

    /** Calls a public method without parameters and throws what it throws. */
    public static void ask(LibraryScenario scenario, String method) throws Exception {
        try {
            scenario.getClass().getMethod(method).invoke(scenario);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw thrown;
        }
    }

    /** Calls a public method on as many new threads at once, and waits for their end. */
    public static void askOnThreads(int threads, LibraryScenario scenario, String method) throws InterruptedException {
        List<Throwable> failed = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread caller = new Thread(() -> askOrRemember(scenario, method, failed), "caller-" + i);
            callers.add(caller);
            caller.start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        if (!failed.isEmpty()) {
            throw new AssertionError(failed.size() + " callers failed", failed.get(0));
        }
    }

    private static void askOrRemember(LibraryScenario scenario, String method, List<Throwable> failed) {
        try {
            ask(scenario, method);
        } catch (Exception | Error thrown) {
            synchronized (failed) {
                failed.add(thrown);
            }
        }
    }

    /** Returns the models of the calls recorded since this was asked before. */
    public static List<String> models(WovenLibrary woven) {
        List<String> models = new ArrayList<>();
        for (WovenLibrary.Recorded call : woven.recorded()) {
            models.add(call.key().model());
        }
        return models;
    }

    /** Returns where a model computes. */
    public static @Nullable String device(WovenLibrary woven, String model) {
        return woven.calls.facts(woven.calls.key(ModelKey.of(model))).device();
    }

    /** Returns the models that used native threads which are still there, for each set of such threads. */
    public static List<String> usersOfEngineThreads(WovenLibrary woven) {
        List<String> users = new ArrayList<>();
        for (EnginePool pool : woven.calls.enginePools().open()) {
            for (int user = 0; user < pool.users(); user++) {
                users.add(woven.calls.keys().key(pool.key(user)).model());
            }
        }
        return users;
    }
}
