package io.inferwatt.agent.weaving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.Begun;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.InferenceCall;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModuleSwitchTest {

    private final AtomicLong nanos = new AtomicLong();
    private final SuppressedErrors errors = new SuppressedErrors();
    private final ModuleSwitch library = new ModuleSwitch("library", errors, new Calls(), nanos::get);
    private int ended;

    @Test
    void tenErrorsWithinAMinute_turnItOff() {
        for (int i = 0; i < 9; i++) {
            library.suppressed(new IllegalStateException("broken"));
        }
        assertThat(library.isOn()).isTrue();

        library.suppressed(new IllegalStateException("broken"));
        assertThat(library.isOn()).isFalse();
        assertThat(errors.total()).isEqualTo(10);
    }

    @Test
    void errorsSpreadOverMinutes_leaveItOn() {
        for (int i = 0; i < 100; i++) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(10));
            library.suppressed(new IllegalStateException("broken"));
        }
        assertThat(library.isOn()).isTrue();
        assertThat(errors.total()).isEqualTo(100);
    }

    @Test
    void exitSite_onceOff_stillEndsTheCallsThatBegan() throws Throwable {
        MethodHandle exit = site("exit");
        library.turnOff();

        exit.invoke("call in flight", (Throwable) null);
        assertThat(ended).isEqualTo(1);
        exit.invoke((Object) null, (Throwable) null);
        assertThat(ended).isEqualTo(1);
    }

    @Test
    void exitThatFails_endsTheCallNevertheless() throws Throwable {
        Calls calls = new Calls();
        ModuleSwitch module = new ModuleSwitch("library", errors, calls, nanos::get);
        MethodType type = MethodType.methodType(void.class, Object.class, Throwable.class);
        MethodHandle advice = MethodHandles.lookup().bind(this, "starve", type);
        MethodHandle exit = module.site("exit", advice, type).dynamicInvoker();

        InferenceCall call = calls.start("library", 0, 1);
        exit.invoke((Object) call, (Throwable) null);
        Begun begun = () -> ended++;
        exit.invoke((Object) begun, (Throwable) null);
        exit.invoke((Object) "neither", (Throwable) null);

        CallDrain drain = new CallDrain();
        calls.drain(drain, System.nanoTime());
        assertThat(drain.ended(0)).isOne();
        assertThat(drain.inFlight(0)).isZero();
        assertThat(ended).isEqualTo(1);
        assertThat(errors.total()).isEqualTo(3);
    }

    void starve(Object call, Throwable error) {
        throw new InternalError("no memory"); // JUnit itself ends at an OutOfMemoryError
    }

    @Test
    void otherSite_onceOff_doesNothing() throws Throwable {
        MethodHandle other = site("enter");
        other.invoke("anything", (Throwable) null);
        library.turnOff();
        other.invoke("anything", (Throwable) null);

        assertThat(ended).isEqualTo(1);
    }

    @Test
    void rejectionOfACall_isNoError_andIsSeenAsATypeOfTheJdk() throws Throwable {
        Calls calls = new Calls();
        calls.admitBy((key, tenants) -> "used up");
        MethodHandle start = MethodHandles.insertArguments(
                MethodHandles.lookup()
                        .bind(
                                calls,
                                "start",
                                MethodType.methodType(InferenceCall.class, String.class, int.class, long.class)),
                0,
                "library",
                0,
                1L);
        MethodType type = MethodType.methodType(Object.class);
        MethodHandle enter = library.site("enter", start, type).dynamicInvoker();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> {
                        Object call = enter.invoke();
                    })
                    .isExactlyInstanceOf(RejectedExecutionException.class)
                    .hasMessage("used up");
        }
        assertThat(library.isOn()).isTrue();
        assertThat(errors.total()).isZero();
    }

    private MethodHandle site(String name) throws ReflectiveOperationException {
        MethodType type = MethodType.methodType(void.class, Object.class, Throwable.class);
        MethodHandle advice = MethodHandles.lookup().bind(this, "end", type);
        return library.site(name, advice, type).dynamicInvoker();
    }

    void end(Object call, Throwable error) {
        ended++;
    }
}
