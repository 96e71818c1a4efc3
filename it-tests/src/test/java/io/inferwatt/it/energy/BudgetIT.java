package io.inferwatt.it.energy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession;
import io.inferwatt.core.facade.BudgetGuard;
import io.inferwatt.it.app.Sparing;
import io.inferwatt.it.jvm.AgentRun;
import io.inferwatt.it.jvm.Endpoint;
import io.inferwatt.it.jvm.Launch;
import io.inferwatt.it.jvm.MetricsPage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Budgets in an application with the packaged agent, which asks for them and is rejected. */
class BudgetIT {

    private static final String REJECTED = "inferwatt_budget_rejected_requests_total";
    private static final String CONSUMED = "inferwatt_budget_consumed_ratio";

    @TempDir
    Path folder;

    static List<Path> javas() {
        return AgentRun.javas();
    }

    private Launch application(Path java) {
        return Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .classPath(Launch.whereIs(BudgetGuard.class))
                .agent(
                        "http.port=0",
                        "budget.team-a.limit=0.001 J",
                        "budget.team-a.model=tiny",
                        "budget.team-a.thresholds=100",
                        "budget.team-a.zone=UTC",
                        "budget.team-a.reject=true",
                        "budget.all.limit=5 kWh",
                        "budget.state.file=" + folder.resolve("state"));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void usedUpBudget_rejectsCallsOfALibraryAndOfTheApplication_andStaysUsedUpAfterARestart(Path java)
            throws Exception {
        String model = folder.resolve("tiny.onnx").toString();
        try (AgentRun run = application(java).main(Sparing.class, model)) {
            Endpoint endpoint = Endpoint.of(run);
            String usedUp = run.awaitErr("WARN budget team-a: 100 % reached, ");
            assertThat(run.awaitOut("rejected: "))
                    .startsWith(
                            "rejected: java.util.concurrent.RejectedExecutionException: Inferwatt: budget 'team-a' used up: ")
                    .endsWith(" UTC");
            assertThat(run.awaitOut("told of: "))
                    .startsWith("told of: java.util.concurrent.RejectedExecutionException: ");
            assertThat(run.awaitOut("allowed: ")).isEqualTo("allowed: false false true true");
            MetricsPage page = endpoint.await("both rejections", metrics -> metrics.sum(REJECTED) == 2);
            assertThat(page.sum(CONSUMED, "budget=\"team-a\"", "kind=\"energy\""))
                    .isGreaterThanOrEqualTo(1);
            assertThat(page.sum(CONSUMED, "budget=\"all\"", "kind=\"energy\"")).isLessThan(0.01);
            assertThat(page.sum("inferwatt_agent_instrumentation_errors_total")).isZero();
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).containsExactlyInAnyOrder(run.awaitErr("is metering"), usedUp);
        }
        try (AgentRun run = application(java).main(Sparing.class, model)) {
            run.awaitOut("rejected: ");
            String start = run.awaitErr("is metering");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).as("told before").containsExactly(start);
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void withoutTheAgent_nothingIsRejected(Path java) throws Exception {
        try (AgentRun run = Launch.of(java)
                .nativeLibrary(OrtSession.class)
                .classPath(Launch.whereIs(BudgetGuard.class))
                .main(Sparing.class, folder.resolve("tiny.onnx").toString(), "3")) {
            assertThat(run.awaitOut("allowed: ")).isEqualTo("allowed: true true true true");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).isEmpty();
        }
    }
}
