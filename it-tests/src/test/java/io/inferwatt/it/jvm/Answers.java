package io.inferwatt.it.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.it.app.Echo;

/** What the application {@link Echo} must do on a bad day as on any other. */
public final class Answers {

    private static final String QUESTION = "are you well?";

    private Answers() {}

    /** Asks, lets the application end, and compares both of its outputs whole. */
    public static void assertUnchanged(AgentRun run, String... standardError) throws Exception {
        run.say(QUESTION);
        run.awaitOut("answer to " + QUESTION);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsExactly("ready", "answer to " + QUESTION, "bye");
        assertThat(run.err()).containsExactly(standardError);
    }
}
