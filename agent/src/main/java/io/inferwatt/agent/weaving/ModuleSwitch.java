package io.inferwatt.agent.weaving;

import io.inferwatt.agent.instrumentation.Begun;
import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.core.call.CallRejectedException;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.Outcome;
import java.lang.invoke.CallSite;
import java.lang.invoke.ConstantCallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SwitchPoint;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the advice of one library off, for good: by configuration, or when it fails {@value #MOST_ERRORS_A_MINUTE} times
 * within a minute. While on it costs nothing that we could measure; off, a site is an empty method. Safe from all threads.
 */
public final class ModuleSwitch {

    /** By convention the exit advice that takes what the enter advice returned, first. */
    static final String EXIT = "exit";

    private static final int MOST_ERRORS_A_MINUTE = 10;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final String library;
    private final SuppressedErrors errors;
    private final Calls calls;
    private final LongSupplier nanoClock;
    private final AtomicBoolean off = new AtomicBoolean();
    private final AtomicBoolean told = new AtomicBoolean();
    private long minuteBeginNanos;
    private int errorsThisMinute;
    private @Nullable SwitchPoint on;

    public ModuleSwitch(String library, SuppressedErrors errors, Calls calls, LongSupplier nanoClock) {
        this.library = library;
        this.errors = errors;
        this.calls = calls;
        this.nanoClock = nanoClock;
    }

    public String library() {
        return library;
    }

    public boolean isOn() {
        return !off.get();
    }

    /** Makes every linked site of this library an empty method, now and for good. */
    public void turnOff() {
        if (off.compareAndSet(false, true)) {
            SwitchPoint.invalidateAll(new SwitchPoint[] {on()});
        }
    }

    /** Made for the first site only: the JVM's start pays 10 ms of processor time for it otherwise. */
    private synchronized SwitchPoint on() {
        SwitchPoint made = on;
        if (made == null) {
            made = new SwitchPoint();
            on = made;
        }
        return made;
    }

    /**
     * Returns a call site for an advice method: suppresses and counts what it throws, all but the rejection of a call; does nothing
     * once switched off. Only an {@value #EXIT} advice still sees the end of calls whose begin it saw, else they would stay open.
     */
    CallSite site(String name, MethodHandle advice, MethodType type) {
        MethodHandle suppressed = endsCalls(name, type) ? Handles.SUPPRESSED_AT_EXIT : Handles.SUPPRESSED;
        MethodHandle failed =
                MethodHandles.filterReturnValue(suppressed.bindTo(this), MethodHandles.zero(type.returnType()));
        MethodHandle safe = MethodHandles.catchException(advice.asType(type), Throwable.class, failed);
        return new ConstantCallSite(on().guardWithTest(safe, whenOff(name, safe, type)));
    }

    private static MethodHandle whenOff(String name, MethodHandle safe, MethodType type) {
        MethodHandle nothing = MethodHandles.empty(type);
        return endsCalls(name, type) ? MethodHandles.guardWithTest(Handles.IS_NULL, nothing, safe) : nothing;
    }

    private static boolean endsCalls(String name, MethodType type) {
        return name.equals(EXIT) && type.parameterCount() > 0 && type.parameterType(0) == Object.class;
    }

    /** As {@link #suppressed}, of an exit advice: the call that it was to end, and may have left open, is ended first. */
    void suppressedAtExit(Throwable error, @Nullable Object begun) {
        try {
            if (begun instanceof InferenceCall call) {
                calls.finish(call, Outcome.OK);
            } else if (begun instanceof Begun call) {
                call.lost();
            }
        } catch (Throwable worse) {
            // The first one is told.
        }
        suppressed(error);
    }

    /**
     * Counts an error that the application must not see, tells of the first one. That a call is rejected is no error: the application
     * has asked to see it, as a type of the JDK.
     */
    void suppressed(Throwable error) {
        if (error instanceof CallRejectedException rejected) {
            throw new RejectedExecutionException(rejected.getMessage());
        }
        errors.add();
        if (told.compareAndSet(false, true)) {
            AgentLog.warn("instrumentation of " + library
                    + " failed once, the call itself is not affected; further errors "
                    + "are counted in inferwatt_agent_instrumentation_errors_total: " + AgentLog.describe(error));
        }
        if (tooMany() && isOn()) {
            turnOff();
            calls.layerOff(library);
            AgentLog.warn("instrumentation of " + library + " is off until the next start: " + MOST_ERRORS_A_MINUTE
                    + " errors within a minute; calls of it are not metered");
        }
    }

    private synchronized boolean tooMany() {
        long now = nanoClock.getAsLong();
        if (errorsThisMinute == 0 || now - minuteBeginNanos > MINUTE_NANOS) {
            minuteBeginNanos = now;
            errorsThisMinute = 0;
        }
        errorsThisMinute++;
        return errorsThisMinute == MOST_ERRORS_A_MINUTE;
    }

    /** Apart, since nothing needs them before the first site. */
    private static final class Handles {

        static final MethodHandle SUPPRESSED;
        static final MethodHandle SUPPRESSED_AT_EXIT;
        static final MethodHandle IS_NULL;

        static {
            try {
                SUPPRESSED = MethodHandles.lookup()
                        .findVirtual(
                                ModuleSwitch.class, "suppressed", MethodType.methodType(void.class, Throwable.class));
                SUPPRESSED_AT_EXIT = MethodHandles.lookup()
                        .findVirtual(
                                ModuleSwitch.class,
                                "suppressedAtExit",
                                MethodType.methodType(void.class, Throwable.class, Object.class));
                IS_NULL = MethodHandles.publicLookup()
                        .findStatic(Objects.class, "isNull", MethodType.methodType(boolean.class, Object.class));
            } catch (ReflectiveOperationException impossible) {
                throw new ExceptionInInitializerError(impossible);
            }
        }
    }
}
