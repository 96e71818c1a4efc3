package io.inferwatt.agent.instrumentation.googlegenai;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import java.util.List;

class GoogleGenAiModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new GoogleGenAiModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return GoogleGenAiScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "Google Gen AI",
                "com.google.genai:google-genai",
                "2.0.0",
                List.of("1.28.0"),
                "`generateContent` with all requests of its function calls, `generateContentStream`, `embedContent`, "
                        + "`generateImages`, chats, now and later; not interactions, live sessions and batches",
                "of the request; `modelVersion` for the estimate",
                "inputs of an embedding; images asked for",
                "`usageMetadata`: the prompt with what tools read, candidates with thoughts; of embeddings by Vertex AI only",
                "remote: host, provider and location of the client",
                "a server on loopback");
    }

    @Override
    protected List<String> packages() {
        return List.of("com.google.genai.");
    }
}
