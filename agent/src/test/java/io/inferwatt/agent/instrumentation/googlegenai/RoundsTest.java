package io.inferwatt.agent.instrumentation.googlegenai;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.Begun;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.Calls;
import org.junit.jupiter.api.Test;

/** What fails at the end of a request must not end the generation that it is one of: others of it are still to come. */
class RoundsTest {

    @Test
    void whatIsHandedFromBeginToEndOfARequest_endsNothing() {
        Calls calls = new Calls();
        LibraryCalls.recordIn(calls);
        Object generation = GoogleGenAiCalls.generate(new Object(), "gemini-test");
        assertThat(generation).isInstanceOf(Begun.class);

        Object round = GoogleGenAiCalls.round();
        assertThat(round).isNotNull().isNotInstanceOf(Begun.class);
        GoogleGenAiCalls.rounded(round, null);
        Object functions = new Object();
        assertThat(GoogleGenAiCalls.goOn(functions)).as("it is on the thread").isNull();
        Object elsewhere = GoogleGenAiCalls.round();
        Object onAgain = GoogleGenAiCalls.goOn(functions);
        assertThat(onAgain).isNotNull().isNotInstanceOf(Begun.class);
        GoogleGenAiCalls.wentOn(onAgain);
        GoogleGenAiCalls.rounded(elsewhere, null);

        ((Begun) generation).lost();
        CallDrain drain = new CallDrain();
        calls.drain(drain, System.nanoTime());
        assertThat(drain.recordCount()).isOne();
    }
}
