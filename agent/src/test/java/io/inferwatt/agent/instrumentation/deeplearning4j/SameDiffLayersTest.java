package io.inferwatt.agent.instrumentation.deeplearning4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Scenarios;
import io.inferwatt.agent.weaving.WovenLibrary;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A layer of SameDiff says inference to SameDiff whatever the network does. */
class SameDiffLayersTest {

    @Test
    void network_isTheCallAndItsLayerPartOfIt() throws Exception {
        assertThat(trainAndCall(new DeepLearning4jModule(), new SameDiffModule()))
                .containsExactly("MultiLayerNetwork-26", "ComputationGraph-26");
    }

    @Test
    void layer_isTheCallWhereNetworksAreNotMetered() throws Exception {
        assertThat(trainAndCall(new SameDiffModule())).hasSize(2).allMatch(model -> model.startsWith("SameDiff-"));
    }

    /** Returns the models that were asked, after training and evaluation, which are none. */
    private List<String> trainAndCall(InstrumentationModule... modules) throws Exception {
        List<String> application = new ArrayList<>(SameDiffModuleTest.engine());
        application.add("org.deeplearning4j.");
        application.add(DeepLearning4jScenario.class.getName());
        WovenLibrary woven =
                new WovenLibrary(List.of(modules), application, getClass().getClassLoader());
        Thread.currentThread().setContextClassLoader(woven.loader);
        try (DeepLearning4jUse networks = (DeepLearning4jUse) woven.loader
                .loadClass(DeepLearning4jScenario.class.getName())
                .getDeclaredConstructor()
                .newInstance()) {
            networks.trainWithSameDiffLayer();
            assertThat(woven.recorded()).as("training and evaluation").isEmpty();

            networks.callWithSameDiffLayer();
            List<String> models = Scenarios.models(woven);
            assertThat(woven.inFlight()).isZero();
            assertThat(woven.errors.total()).isZero();
            return models;
        }
    }
}
