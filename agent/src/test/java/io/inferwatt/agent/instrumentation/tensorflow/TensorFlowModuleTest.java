package io.inferwatt.agent.instrumentation.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowModuleTest extends InstrumentationModuleContract {

    private static final int THREADS = 64;
    private static final int CALLS_EACH = 20;

    @Override
    protected InstrumentationModule module() {
        return new TensorFlowModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return TensorFlowScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "TensorFlow Java",
                "org.tensorflow:tensorflow-core-api",
                "1.1.0",
                List.of("1.0.0"),
                "`Session.Runner.run` and `runAndFetchMetadata` that fetch something and have no"
                        + " target, `ConcreteFunction.call` that is eager",
                "directory of the saved model, with the one above if it is a version; else `graph-` and the number of"
                        + " operations; key of a function's signature",
                "dimension 0 of the first input; 1 if a function gets operands",
                "–",
                "`cpu` if the session has no other device, else not known",
                "generated");
    }

    @Override
    protected List<String> packages() {
        return List.of(
                "org.tensorflow.",
                "!org.tensorflow.internal.c_api.",
                "!org.tensorflow.proto.",
                "!org.tensorflow.exceptions.");
    }

    @Test
    void savedModel_isNamedAfterItsDirectory_andCountsOnceHoweverItIsCalled(@TempDir Path folder) throws Exception {
        WovenLibrary woven = woven(module());
        try (TensorFlowUse tensorFlow = (TensorFlowUse) start(woven)) {
            tensorFlow.export(folder.resolve("doubler.v2"));
            tensorFlow.export(folder.resolve("ranker").resolve("17"));
            assertThat(woven.recorded()).as("saving is no inference").isEmpty();

            tensorFlow.callSavedModel(folder.resolve("doubler.v2"));
            tensorFlow.callSavedModel(folder.resolve("ranker").resolve("17"));

            assertThat(woven.recorded())
                    .extracting(Recorded::key)
                    .containsExactly(
                            ModelKey.of("doubler.v2"),
                            ModelKey.of("doubler.v2"),
                            ModelKey.of("doubler.v2"),
                            ModelKey.of("ranker/17"),
                            ModelKey.of("ranker/17"),
                            ModelKey.of("ranker/17"));
            assertThat(facts(woven, "doubler.v2")).isEqualTo(new ModelFacts("tensorflow", "cpu"));
            assertThat(woven.errors.total()).isZero();
        }
    }

    private static ModelFacts facts(WovenLibrary woven, String model) {
        return woven.calls.facts(woven.calls.key(ModelKey.of(model)));
    }

    @Test
    void otherWaysToRunAGraph_countOnce() throws Exception {
        WovenLibrary woven = woven(module());
        try (TensorFlowUse tensorFlow = (TensorFlowUse) start(woven)) {
            tensorFlow.callForMetadata(7);
            tensorFlow.callBySignature();

            assertThat(woven.recorded()).extracting(Recorded::units).containsExactly(7L, tensorFlow.rows());
            assertThat(facts(woven, tensorFlow.key().model())).isEqualTo(new ModelFacts("tensorflow", "cpu"));
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void runsWithoutAnswer_areNoInference() throws Exception {
        WovenLibrary woven = woven(module());
        try (TensorFlowUse tensorFlow = (TensorFlowUse) start(woven)) {
            tensorFlow.callWithoutFetch();
            assertThat(woven.recorded()).isEmpty();

            tensorFlow.callWithVariable();
            assertThat(woven.recorded()).as("but not what initialises it").hasSize(1);
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void stepOfTraining_thatFetchesItsLoss_isNoInference() throws Exception {
        WovenLibrary woven = woven(module());
        try (TensorFlowUse tensorFlow = (TensorFlowUse) start(woven)) {
            tensorFlow.train();

            assertThat(woven.recorded()).isEmpty();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void function_countsOnceWhereItComputes() throws Exception {
        WovenLibrary woven = woven(module());
        try (TensorFlowUse tensorFlow = (TensorFlowUse) start(woven)) {
            tensorFlow.addFunctionToGraph();
            assertThat(woven.recorded()).isEmpty();

            tensorFlow.callFunction(5);
            tensorFlow.callFunctionWithOperand();

            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).extracting(Recorded::key).containsOnly(ModelKey.of("twice"));
            assertThat(recorded).extracting(Recorded::units).containsExactly(5L, 1L);
            assertThat(facts(woven, "twice")).isEqualTo(new ModelFacts("tensorflow", "cpu"));
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void session_sharedByManyThreads_countsEveryCall() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            Callable<Void> work = () -> {
                for (int i = 0; i < CALLS_EACH; i++) {
                    scenario.call();
                }
                return null;
            };
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            for (Future<Void> done : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                done.get();
            }
            threads.shutdown();

            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).hasSize(THREADS * CALLS_EACH);
            assertThat(recorded).extracting(Recorded::key).containsOnly(scenario.key());
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void savedModel_thatIsNotThere_isTheApplicationsErrorAndNotOurs(@TempDir Path folder) throws Exception {
        WovenLibrary woven = woven(module());
        try (TensorFlowUse tensorFlow = (TensorFlowUse) start(woven)) {
            assertThatThrownBy(() -> tensorFlow.callSavedModel(folder.resolve("nothing")))
                    .hasMessageContaining("nothing");
            assertThat(woven.errors.total()).isZero();
        }
    }
}
