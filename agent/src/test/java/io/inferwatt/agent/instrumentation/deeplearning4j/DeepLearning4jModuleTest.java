package io.inferwatt.agent.instrumentation.deeplearning4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.weaving.WovenLibrary;
import io.inferwatt.agent.weaving.WovenLibrary.Recorded;
import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeepLearning4jModuleTest extends InstrumentationModuleContract {

    private static final int THREADS = 64;
    private static final int CALLS_EACH = 5;

    @Override
    protected InstrumentationModule module() {
        return new DeepLearning4jModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return DeepLearning4jScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "Deeplearning4j",
                "org.deeplearning4j:deeplearning4j-nn",
                "1.0.0-M2.1",
                List.of("1.0.0-beta7"),
                "`output`, `outputSingle`, `rnnTimeStep` of `MultiLayerNetwork` and `ComputationGraph`, all overloads; not"
                        + " training, scoring, evaluation",
                "stem of the file given to `ModelSerializer`, else class and number of parameters",
                "dimension 0 of the first input",
                "–",
                "of ND4J's backend",
                "generated");
    }

    @Override
    protected List<String> packages() {
        return List.of("org.deeplearning4j.");
    }

    @Test
    void everyOverload_countsOnceForEachBatch() throws Exception {
        WovenLibrary woven = woven(module());
        try (DeepLearning4jUse networks = (DeepLearning4jUse) start(woven)) {
            int calls = networks.callEachWay();
            List<Recorded> recorded = woven.recorded();
            assertThat(recorded).hasSize(calls);
            assertThat(recorded).extracting(Recorded::key).containsOnly(networks.key());
            assertThat(recorded).extracting(Recorded::units).containsOnly(networks.rows());

            calls = networks.callGraphEachWay();
            recorded = woven.recorded();
            assertThat(recorded).hasSize(calls);
            assertThat(recorded).extracting(Recorded::key).containsOnly(ModelKey.of("ComputationGraph-8"));
            assertThat(recorded).extracting(Recorded::units).containsOnly(networks.rows());

            networks.callRecurrent();
            assertThat(woven.recorded())
                    .extracting(recurrent -> recurrent.key().model())
                    .containsExactly("MultiLayerNetwork-138", "ComputationGraph-138");
            assertThat(woven.calls.facts(woven.calls.key(networks.key()))).isEqualTo(new ModelFacts("nd4j", "cpu"));
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void trainingScoringAndEvaluation_areNoInference() throws Exception {
        WovenLibrary woven = woven(module());
        try (DeepLearning4jUse networks = (DeepLearning4jUse) start(woven)) {
            networks.train();
            assertThat(woven.recorded()).isEmpty();

            networks.call();
            assertThat(woven.recorded()).hasSize(1);
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void restoredNetwork_isNamedAfterItsFile(@TempDir Path folder) throws Exception {
        WovenLibrary woven = woven(module());
        try (DeepLearning4jUse networks = (DeepLearning4jUse) start(woven)) {
            networks.callRestored(folder.resolve("digits.zip"), folder.resolve("prices.zip"));

            assertThat(woven.recorded())
                    .extracting(recorded -> recorded.key().model())
                    .containsExactly("digits", "digits", "digits", "prices", "prices");
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void network_sharedByManyThreads_countsEveryCall() throws Exception {
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

            List<Recorded> recorded = new ArrayList<>(woven.recorded());
            assertThat(recorded).hasSize(THREADS * CALLS_EACH);
            assertThat(recorded).extracting(Recorded::key).containsOnly(scenario.key());
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
        }
    }
}
