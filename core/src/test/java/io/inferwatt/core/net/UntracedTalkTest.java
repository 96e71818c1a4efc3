package io.inferwatt.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UntracedTalkTest {

    private final AtomicInteger talks = new AtomicInteger();

    /** As OpenTelemetry's agent has it. */
    public static final class InstrumentationUtil {

        private InstrumentationUtil() {}

        public static void suppressInstrumentation(Runnable work) {
            work.run();
        }
    }

    @Test
    void withoutAnAgentThatTraces_itJustTalks() {
        UntracedTalk.run(new FutureTask<>(talks::incrementAndGet));
        assertThat(talks).hasValue(1);
    }

    @Test
    void way_isFoundWhereItIs_andTalksOnce() throws Throwable {
        ClassLoader here = getClass().getClassLoader();
        assertThat(UntracedTalk.find(here, "no.such.Place", Object.class.getName()))
                .isNull();
        assertThat(UntracedTalk.find(here, "no.such.Place", InstrumentationUtil.class.getName()))
                .isNotNull();
        UntracedTalk.run(new FutureTask<>(talks::incrementAndGet));
        assertThat(talks).hasValue(1);
    }
}
