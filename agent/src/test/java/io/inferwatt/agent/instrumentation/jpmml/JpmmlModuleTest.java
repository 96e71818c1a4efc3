package io.inferwatt.agent.instrumentation.jpmml;

import static io.inferwatt.agent.instrumentation.Scenarios.ask;
import static io.inferwatt.agent.instrumentation.Scenarios.device;
import static io.inferwatt.agent.instrumentation.Scenarios.models;
import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import io.inferwatt.agent.weaving.WovenLibrary;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The library is no dependency of this project, because of its licence: a folder of its jars, made by the build, is all. */
class JpmmlModuleTest extends InstrumentationModuleContract {

    private static final String RUN = "1.7.7";

    private final ClassLoader jars = jars(Path.of("target", "versions", "jpmml", RUN));

    private static ClassLoader jars(Path folder) {
        File[] files = folder.toFile().listFiles();
        URL[] urls = new URL[files == null ? 0 : files.length];
        for (int i = 0; i < urls.length; i++) {
            try {
                urls[i] = files[i].toURI().toURL();
            } catch (MalformedURLException never) {
                throw new IllegalStateException(never);
            }
        }
        return new URLClassLoader("jpmml", urls, JpmmlModuleTest.class.getClassLoader());
    }

    @Override
    protected InstrumentationModule module() {
        return new JpmmlModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return JpmmlScenario.class;
    }

    @Override
    protected ClassLoader classPath() {
        return jars;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "JPMML-Evaluator",
                "org.jpmml:pmml-evaluator",
                RUN,
                List.of("1.5.16"),
                "`ModelEvaluator.evaluate`",
                "stem of the file given to `LoadingModelEvaluatorBuilder.load`, else `modelName` in the PMML, else the kind of "
                        + "evaluator",
                "1",
                "–",
                "`cpu`",
                "a regression written by hand");
    }

    @Override
    protected List<String> packages() {
        // Not the classes of PMML documents, org.dmg: reading them again for each test would take seconds.
        return List.of("org.jpmml.evaluator.");
    }

    @Test
    void modelsThatNoFileNames_areNamedByThePmmlOrTheEvaluator() throws Exception {
        WovenLibrary woven = woven(module());
        try (LibraryScenario scenario = start(woven)) {
            ask(scenario, "callLoadedFromStreams");

            assertThat(models(woven)).containsExactly("risk by age", "RegressionModelEvaluator");
            assertThat(device(woven, "risk by age")).isEqualTo("cpu");
            assertThat(woven.errors.total()).isZero();
        }
    }
}
