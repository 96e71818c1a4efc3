package io.inferwatt.it.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inferwatt.it.app.AnsweringModel;
import java.util.ArrayList;
import java.util.List;

/** What the application {@link AnsweringModel} must do wherever it lives, and what the meter must know of it. */
public final class ModelAnswers {

    private static final List<String> QUESTIONS = List.of("one", "two", "are you well?", "7", "and you?");
    private static final double ROUNDING = 1e-9;

    private ModelAnswers() {}

    /**
     * Asks, waits until all calls are on the page, lets the application end, and compares both of its outputs whole. Standard
     * error must have these lines beside the start line, in any order.
     *
     * @return the last page read
     */
    public static MetricsPage assertMeteredAndUnchanged(AgentRun run, String... besideTheStartLine) throws Exception {
        Endpoint endpoint = Endpoint.of(run);
        String start = run.awaitErr("is metering");
        MetricsPage page = askAndCount(run, endpoint);
        assertEnded(run);
        List<String> lines = new ArrayList<>(List.of(besideTheStartLine));
        lines.add(start);
        assertThat(run.err()).containsExactlyInAnyOrderElementsOf(lines);
        return page;
    }

    /** Asks, and compares answers and counts while the application runs on. */
    public static MetricsPage askAndCount(AgentRun run, Endpoint endpoint) throws Exception {
        List<String> answers = ask(run);
        assertThat(run.out()).containsSubsequence(answers);
        MetricsPage page =
                endpoint.await("all calls", metrics -> metrics.sum("inferwatt_requests_total") >= answers.size());
        assertCounted(page, answers.size());
        return page;
    }

    private static List<String> ask(AgentRun run) throws Exception {
        List<String> answers = new ArrayList<>();
        for (String question : QUESTIONS) {
            run.say(question);
            answers.add(AnsweringModel.expected(question));
            run.awaitOut("answer to " + question);
        }
        return answers;
    }

    /** Compares counts exactly and books to the rounding of a double. */
    public static void assertCounted(MetricsPage page, int calls) {
        assertThat(page.sum("inferwatt_requests_total", "outcome=\"ok\"")).isEqualTo(calls);
        assertThat(page.sum("inferwatt_requests_total")).isEqualTo(calls);
        assertThat(page.sum("inferwatt_items_total")).isEqualTo(calls * AnsweringModel.ROWS);
        assertThat(page.sum("inferwatt_dropped_calls_total")).isZero();
        assertThat(page.sum("inferwatt_agent_instrumentation_errors_total")).isZero();
        assertThat(page.read("cpu")).isPositive();
        for (String component : List.of("cpu", "dram")) {
            double read = page.read(component);
            assertThat(page.booked(component)).as(component).isCloseTo(read, within(read * ROUNDING));
        }
    }

    /** Lets an application that was asked end, and compares its exit code and standard output whole. */
    public static void assertEnded(AgentRun run) throws Exception {
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsExactlyElementsOf(expectedOut());
    }

    /** Asks and lets the application end, where no page can be read. */
    public static void assertUnchanged(AgentRun run, String... standardError) throws Exception {
        ask(run);
        assertEnded(run);
        assertThat(run.err()).containsExactly(standardError);
    }

    private static List<String> expectedOut() {
        List<String> out = new ArrayList<>(List.of("ready"));
        QUESTIONS.forEach(question -> out.add(AnsweringModel.expected(question)));
        out.add("threads that hold the JVM [main]");
        return out;
    }
}
