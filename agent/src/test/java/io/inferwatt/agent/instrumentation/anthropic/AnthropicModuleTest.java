package io.inferwatt.agent.instrumentation.anthropic;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
import java.util.List;

class AnthropicModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new AnthropicModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return AnthropicScenario.class;
    }

    @Override
    protected LibrarySupport support() {
        return new LibrarySupport(
                "Anthropic",
                "com.anthropic:anthropic-java",
                "3.12.0",
                List.of("2.0.0"),
                "`messages()` and `beta().messages()`: `create` and `createStreaming`, waiting, later and raw; not batches",
                "of the request; the answer's for the estimate",
                "1",
                "`usage` with what is read from and written to caches; thinking where told",
                "remote: host, provider and region of the base URL, `inference_geo`",
                "a server on loopback");
    }

    @Override
    protected List<String> packages() {
        return List.of("com.anthropic.");
    }
}
