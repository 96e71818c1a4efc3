package io.inferwatt.agent.instrumentation.openai;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import java.util.List;

class OpenAiModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new OpenAiModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return OpenAiScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "openai-java",
                "com.openai:openai-java",
                "4.101.0",
                List.of("2.0.0", "4.49.0"),
                "chat completions, responses (also `beta()`), completions, embeddings, images; waiting, with futures, streamed, raw;"
                        + " sound and moderation are counted only; not web sockets, batches, assistants, video",
                "model of the request",
                "texts to embed, images asked for, else 1",
                "usage of the answer; of streamed chats only with `stream_options.include_usage`",
                "–",
                "a server in the test");
    }

    @Override
    protected List<String> packages() {
        return List.of("com.openai.", OpenAiWays.class.getName());
    }
}
