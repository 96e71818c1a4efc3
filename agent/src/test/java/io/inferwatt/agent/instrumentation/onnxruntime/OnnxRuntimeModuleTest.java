package io.inferwatt.agent.instrumentation.onnxruntime;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import java.util.List;

class OnnxRuntimeModuleTest extends InstrumentationModuleContract {

    @Override
    protected InstrumentationModule module() {
        return new OnnxRuntimeModule();
    }

    @Override
    protected Class<? extends LibraryScenario> scenario() {
        return OnnxRuntimeScenario.class;
    }

    @Override
    protected List<String> packages() {
        return List.of("ai.onnxruntime.");
    }
}
