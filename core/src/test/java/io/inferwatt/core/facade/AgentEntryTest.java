package io.inferwatt.core.facade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The agent's side is stood in for by classes of the same shape; the real one is tested by the module that packages it. */
class AgentEntryTest {

    /** As this version's. */
    public static final class Dispatcher {

        public static volatile Predicate<String> allowed;

        private Dispatcher() {}
    }

    /** As it was before there were budgets. */
    public static final class OlderDispatcher {

        private OlderDispatcher() {}
    }

    private static AgentEntry<Predicate<String>> entry(Class<?>... places) {
        return entry(AgentEntryTest.class.getClassLoader(), places);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static AgentEntry<Predicate<String>> entry(ClassLoader loader, Class<?>... places) {
        String[] names = new String[places.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = places[i].getName();
        }
        return new AgentEntry("allowed", Predicate.class, loader, names);
    }

    /** Answers the thread that is named first when it is told to, all others at once. */
    private static final class SlowLoader extends ClassLoader {

        static {
            registerAsParallelCapable(); // else the JVM lets one thread in at a time
        }

        private final CountDownLatch looking;
        private final CountDownLatch goOn;

        SlowLoader(CountDownLatch looking, CountDownLatch goOn) {
            super(AgentEntryTest.class.getClassLoader());
            this.looking = looking;
            this.goOn = goOn;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (Thread.currentThread().getName().equals("first")) {
                looking.countDown();
                await(goOn);
            }
            return super.loadClass(name, resolve);
        }
    }

    @Test
    void entry_isWhatTheAgentHasPutThere_nullUntilThen() {
        Dispatcher.allowed = null;
        AgentEntry<Predicate<String>> entry = entry(OlderDispatcher.class, Dispatcher.class);
        assertThat(entry.get()).isNull();

        Dispatcher.allowed = "a"::equals;
        assertThat(entry.get().test("a")).isTrue();
        assertThat(entry.get().test("b")).isFalse();
    }

    @Test
    void olderAgent_orNone_hasNoSuchEntry() {
        assertThat(entry(OlderDispatcher.class).get()).isNull();
        assertThat(entry().get()).isNull();
    }

    /** Else the first calls of an application whose threads begin together would be missing. */
    @Test
    void threadThatAsks_whileAnotherLooksForTheFirstTime_findsTheEntryToo() throws Exception {
        Dispatcher.allowed = "a"::equals;
        CountDownLatch looking = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ClassLoader slow = new SlowLoader(looking, goOn);
        AgentEntry<Predicate<String>> entry = entry(slow, Dispatcher.class);
        AtomicReference<Predicate<String>> found = new AtomicReference<>();
        Thread first = new Thread(() -> found.set(entry.get()), "first");
        first.start();
        await(looking);
        assertThat(entry.get()).isNotNull();
        goOn.countDown();
        first.join();
        assertThat(found.get()).isNotNull();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
