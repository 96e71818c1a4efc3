package io.inferwatt.agent.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.weaving.Libraries;
import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.thread.Unheard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class MeteringTest {

    @Test
    void start_whenTheSettingsFileDisables_startsNoThread(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("inferwatt.properties"), "enabled = off");
        Calls calls = new Calls();
        SuppressedErrors errors = new SuppressedErrors();
        Libraries libraries = new Libraries(List.of(new NoHooks()), errors, calls, System::nanoTime);

        LibraryCalls.recordIn(calls);
        ApplicationCalls application = new ApplicationCalls(errors);

        new Metering(
                        "http.port=0,log.level=off,config.file=" + file,
                        new Recording(calls, libraries, application, new ApplicationQuestions(errors), errors, null))
                .start();

        application.apply("model", null).accept(null);
        assertThat(calls.keys().size()).as("'other' alone").isOne();

        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("inferwatt"));
    }

    /** Else the hook would wait for an hour. */
    @Test
    @Timeout(60)
    void giveUp_afterAStartThatFailed_letsTheJvmEnd() throws Exception {
        Calls calls = new Calls();
        SuppressedErrors errors = new SuppressedErrors();
        Libraries libraries = new Libraries(List.of(new FailsOnce()), errors, calls, System::nanoTime);
        ApplicationCalls application = new ApplicationCalls(errors);
        ShutdownHook hook = new ShutdownHook(true, TimeUnit.HOURS.toMillis(1));
        List<Boolean> pushing = new ArrayList<>();
        Metering metering = new Metering(
                "log.level=off,export.pushgateway.url=http://127.0.0.1:9,instrumentation.none.enabled=false",
                new Recording(calls, libraries, application, new ApplicationQuestions(errors), errors, null),
                pushes -> {
                    pushing.add(pushes);
                    return hook;
                });

        Thread init = Init.thread(() -> metering, null);
        init.start();
        init.join();
        assertThat(pushing).containsExactly(true);
        hook.start();
        hook.join();
        assertThat(hook.isAlive()).isFalse();
    }

    /** Else one of all threads of the application would end the start, and with it the metering. */
    @Test
    @Timeout(60)
    void interrupt_doesNotReachTheStart() throws Exception {
        AtomicReference<Boolean> interrupted = new AtomicReference<>();
        Thread init = Init.thread(
                () -> {
                    Thread.currentThread().interrupt();
                    interrupted.set(Thread.currentThread().isInterrupted());
                    throw new IllegalStateException("a start that fails");
                },
                null);
        assertThat(init.isDaemon()).isTrue();
        assertThat(init.getUncaughtExceptionHandler()).isSameAs(Unheard.OF_ALL);
        init.start();
        init.join();
        assertThat(interrupted).hasValue(false);
    }

    /** Also where the JVM began to end before. */
    @Test
    @Timeout(60)
    void nothingStarts_wakesWhoWaits() throws Exception {
        ShutdownHook hook = new ShutdownHook(true, TimeUnit.HOURS.toMillis(1));
        hook.start();
        while (hook.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        hook.nothingStarts();
        hook.join();
        assertThat(hook.isAlive()).isFalse();
    }

    private static final class FailsOnce implements InstrumentationModule {

        private boolean failed;

        @Override
        public String library() {
            return "none";
        }

        @Override
        public List<Hook> hooks() {
            return List.of();
        }

        @Override
        public void turnedOff() {
            if (!failed) {
                failed = true;
                throw new IllegalStateException("a start that fails");
            }
        }
    }

    private static final class NoHooks implements InstrumentationModule {

        @Override
        public String library() {
            return "none";
        }

        @Override
        public List<Hook> hooks() {
            return List.of();
        }
    }
}
