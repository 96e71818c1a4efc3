package io.inferwatt.agent.instrumentation.azureopenai;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import java.util.List;

class AzureOpenAiModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new AzureOpenAiModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return AzureOpenAiScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "Azure OpenAI",
                "com.azure:azure-ai-openai",
                "1.0.0-beta.16",
                List.of("1.0.0-beta.14"),
                "chats, completions, embeddings, images; waiting, streamed, with Reactor; not sound, batches, assistants",
                "the deployment",
                "texts to embed, images asked for, else 1",
                "usage of the answer, not where the application takes JSON; of streams only with"
                        + " `stream_options.include_usage`",
                "–",
                "a server in the test");
    }

    @Override
    protected List<String> packages() {
        return List.of("com.azure.ai.openai.");
    }
}
