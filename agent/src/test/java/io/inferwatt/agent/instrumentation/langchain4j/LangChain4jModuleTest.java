package io.inferwatt.agent.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LangChain4jModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new LangChain4jModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return LangChain4jScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "LangChain4j",
                "dev.langchain4j:langchain4j-core",
                "1.19.0",
                List.of("1.0.0", "1.5.0", "1.20.0", "1.23.0"),
                "`ChatModel` and `StreamingChatModel` in all ways to call them but the `Flow.Publisher` of 1.23,"
                        + " `EmbeddingModel.embedAll` and `doEmbed` and through them `embed`, `ImageModel`, `LanguageModel`,"
                        + " `ScoringModel`, `ModerationModel`; embedding models that run in the process, with the threads of their"
                        + " pool",
                "remote: the model of the request, else the client's own, else that of the answer. In the process: `modelName()`; where"
                        + " that is `unknown` the stem of the model's file, else the class without `EmbeddingModel`."
                        + " Not metered are classes outside `dev.langchain4j` that pass calls on, only what they call",
                "number of segments or images",
                "of the answer's token usage, cached and reasoning tokens too where its provider's class tells them, else those of the"
                        + " engine below",
                "of the engine below",
                "all-MiniLM-L6-v2, quantised; the clients of OpenAI, Anthropic, Gemini and Ollama against a server of the tests");
    }

    @Override
    protected List<String> packages() {
        return List.of("dev.langchain4j.");
    }

    /** Which of the two is which changed with the compiler; a version with neither would not be seen on its pool's threads. */
    @ParameterizedTest
    @ValueSource(strings = {"1.0.0/langchain4j-embeddings-1.0.0-beta5", "1.20.0/langchain4j-embeddings-1.20.0-beta30"})
    void bodiesOfThePool_areUnderTheirNamesInOtherVersions(String jar) throws IOException {
        Path file = Path.of("target", "versions", "langchain4j", jar + ".jar");
        try (ClassFileLocator locator = ClassFileLocator.ForJarFile.of(file.toFile())) {
            assertBodies(TypePool.Default.of(locator));
        }
    }

    @Test
    void bodiesOfThePool_areUnderTheirNames() {
        assertBodies(TypePool.Default.of(getClass().getClassLoader()));
    }

    private static void assertBodies(TypePool pool) {
        TypeDescription type = pool.describe(LangChain4jModule.IN_PROCESS_MODEL).resolve();
        List<String> descriptors = new ArrayList<>();
        for (MethodDescription.InDefinedShape method : type.getDeclaredMethods()) {
            if (LangChain4jModule.LAMBDAS.contains(method.getInternalName())) {
                descriptors.add(method.getDescriptor());
            }
        }
        assertThat(descriptors)
                .containsExactlyInAnyOrder(LangChain4jModule.SUBMIT_DESCRIPTOR, LangChain4jModule.WORK_DESCRIPTOR);
    }
}
