package io.inferwatt.core.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OpenCallTest {

    private final Calls calls = new Calls();
    private final CallDrain drain = new CallDrain();
    private final int key = calls.key(ModelKey.of("model"));

    private OpenCall open() {
        return new OpenCall(calls, calls.start("application", key, 1));
    }

    private long ended(Outcome outcome) {
        calls.drain(drain, System.nanoTime());
        return drain.ended(key, outcome);
    }

    private static void onAnotherThread(Runnable work) throws InterruptedException {
        Thread other = new Thread(work);
        other.start();
        other.join();
    }

    @Test
    void call_endsOnce() {
        OpenCall call = open();
        call.finish(Outcome.OK);
        call.finish(Outcome.ERROR);

        assertThat(ended(Outcome.OK)).isOne();
        assertThat(ended(Outcome.ERROR)).isZero();
    }

    @Test
    void unitTime_isKnownUntilTheEnd_onAnyThread_andNotOfParts() throws Exception {
        OpenCall call = new OpenCall(calls, calls.start("application", key, 3));
        long begun = System.nanoTime();
        OpenCall part = open();
        assertThat(part.unitTime(begun)).isNull();
        part.finish(Outcome.OK);
        List<UnitTime> times = new ArrayList<>();
        onAnotherThread(() -> times.add(call.unitTime(begun + 2_000_000_000L)));
        call.finish(Outcome.OK);
        open();

        assertThat(times.get(0).key()).isEqualTo(key);
        assertThat(times.get(0).unitSeconds()).isBetween(6.0, 3 * 62.0);
        assertThat(call.unitTime(begun)).isNull();
    }

    @Test
    void call_endedByAnotherThread_hasNoPartInTheNextOne() throws Exception {
        OpenCall call = open();
        onAnotherThread(() -> call.finish(Outcome.ERROR));
        open().finish(Outcome.OK);

        assertThat(ended(Outcome.ERROR)).isOne();
        assertThat(ended(Outcome.OK)).isOne();
        assertThat(drain.inFlight(key)).isZero();
    }

    /** As where a library inside shares its work among the threads of a pool. */
    @Test
    void callThatOtherThreadsWorkFor_endsByWhoHoldsIt_onItsThreadOrAnother() throws Exception {
        InferenceCall here = calls.start("application", key, 1);
        OpenCall heldHere = new OpenCall(calls, here);
        calls.lend(here);
        heldHere.finish(Outcome.OK);
        assertThat(ended(Outcome.OK)).isOne();
        assertThat(drain.inFlight(key)).isZero();

        InferenceCall elsewhere = calls.start("application", key, 1);
        OpenCall heldElsewhere = new OpenCall(calls, elsewhere);
        calls.lend(elsewhere);
        onAnotherThread(() -> heldElsewhere.finish(Outcome.ERROR));
        assertThat(ended(Outcome.ERROR)).isOne();
        assertThat(drain.inFlight(key)).isZero();

        open().finish(Outcome.OK);
        assertThat(ended(Outcome.OK)).isEqualTo(2);
        assertThat(drain.inFlight(key)).isZero();
    }

    @Test
    void partThatIsNeverEnded_endsWithTheWhole_andLaterEndsNothing() throws Exception {
        OpenCall whole = open();
        OpenCall part = open();
        onAnotherThread(() -> part.finish(Outcome.OK));
        assertThat(ended(Outcome.OK)).isZero();
        whole.finish(Outcome.OK);
        OpenCall next = open();
        part.finish(Outcome.OK);
        assertThat(ended(Outcome.OK)).isOne();
        next.finish(Outcome.OK);

        assertThat(ended(Outcome.OK)).isEqualTo(2);
    }

    @Test
    void endOfAPartThatComesLate_leavesTheNextCallOfItsThreadAlone() {
        OpenCall whole = open();
        OpenCall part = open();
        whole.finish(Outcome.OK);
        OpenCall next = open();
        part.finish(Outcome.OK);
        assertThat(ended(Outcome.OK)).isOne();
        next.finish(Outcome.OK);

        assertThat(ended(Outcome.OK)).isEqualTo(2);
    }

    /** Property: whatever an application does with its calls, none is counted twice and none stays once the last whole one ends. */
    @Test
    void anyOrderOfEnds_onAnyThread_leavesNothingInFlight() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Calls fresh = new Calls();
            int model = fresh.key(ModelKey.of("model"));
            List<OpenCall> held = new ArrayList<>();
            for (int step = 0; step < 12; step++) {
                if (random.nextBoolean() || held.isEmpty()) {
                    held.add(new OpenCall(fresh, fresh.start("layer-" + random.nextInt(2), model, 1)));
                } else {
                    OpenCall any = held.get(random.nextInt(held.size()));
                    if (random.nextInt(4) == 0) {
                        onAnotherThread(() -> any.finish(Outcome.OK));
                    } else {
                        any.finish(Outcome.OK);
                    }
                }
            }
            held.forEach(call -> call.finish(Outcome.OK));

            fresh.drain(drain, System.nanoTime());
            assertThat(drain.inFlight(model)).as("seed %d", seed).isZero();
            assertThat(drain.ended(model)).as("seed %d", seed).isEqualTo(drain.begun(model));
        }
    }
}
