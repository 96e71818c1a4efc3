package io.inferwatt.agent.instrumentation.opennlp;

import static io.inferwatt.agent.instrumentation.Scenarios.ask;
import static io.inferwatt.agent.instrumentation.Scenarios.device;
import static io.inferwatt.agent.instrumentation.Scenarios.models;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.weaving.WovenLibrary;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenNlpModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new OpenNlpModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return OpenNlpScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "Apache OpenNLP",
                "org.apache.opennlp:opennlp-tools",
                "2.5.11",
                List.of("1.9.4"),
                "`LanguageDetectorME.predictLanguages`, `probingPredictLanguages`, `NameFinderME.find`, `POSTaggerME.tag`, "
                        + "`topKSequences`; not evaluation",
                "stem of the file or URL; of a model from a stream its kind and language, such as `namefinder-en`",
                "1",
                "–",
                "`cpu`",
                "langdetect-183; trained in the test");
    }

    @Override
    protected List<String> packages() {
        return List.of("opennlp.");
    }

    @Test
    void everyMethodThatTags_isRecordedOnce() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callTagger");

            assertThat(models(woven)).hasSize(5).containsOnly("tags");
            assertThat(device(woven, "tags")).isEqualTo("cpu");
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void evaluation_isNoInference() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "evaluate");
            assertThat(woven.recorded()).isEmpty();

            scenario.call();
            assertThat(models(woven)).containsExactly(scenario.key().model());
            assertThat(woven.errors.total()).isZero();
        }
    }

    @Test
    void modelsOfStreams_areNamedByKindAndLanguage() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callFinderOfAStream");
            ask(scenario, "callDetector");

            assertThat(models(woven)).containsExactly("namefinder-en", "langdetect", "langdetect", "langdetect");
            assertThat(woven.errors.total()).isZero();
        }
    }
}
