package io.inferwatt.core.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UntracedTalkTest {

    private static final AtomicInteger UNTRACED = new AtomicInteger();

    private final AtomicInteger talks = new AtomicInteger();

    private FutureTask<Integer> talk() {
        return new FutureTask<>(talks::incrementAndGet);
    }

    /** As OpenTelemetry's agent has it. */
    public static final class InstrumentationUtil {

        private InstrumentationUtil() {}

        public static void suppressInstrumentation(Runnable work) {
            UNTRACED.incrementAndGet();
            work.run();
        }
    }

    @Test
    void withoutAnAgentThatTraces_itJustTalks() {
        UntracedTalk.run(talk());
        assertThat(talks).hasValue(1);
    }

    @Test
    void way_isFoundWhereItIs_andTalksOnce() {
        ClassLoader here = getClass().getClassLoader();
        assertThat(UntracedTalk.find(here, "no.such.Place", Object.class.getName()))
                .isNull();
        int before = UNTRACED.get();
        UntracedTalk.run(UntracedTalk.find(here, "no.such.Place", InstrumentationUtil.class.getName()), talk());
        assertThat(talks).hasValue(1);
        assertThat(UNTRACED).hasValue(before + 1);
    }

    /** Another version of that agent may refuse. */
    @Test
    void wayThatFails_keepsNobodyFromTalking() {
        UntracedTalk.run(UntracedTalk.find(getClass().getClassLoader(), Refusing.class.getName()), talk());
        assertThat(talks).hasValue(1);
    }

    public static final class Refusing {

        private Refusing() {}

        public static void suppressInstrumentation(Runnable work) {
            throw new IllegalStateException("not now");
        }
    }
}
