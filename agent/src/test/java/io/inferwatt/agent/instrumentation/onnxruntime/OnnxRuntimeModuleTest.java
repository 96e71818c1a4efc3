package io.inferwatt.agent.instrumentation.onnxruntime;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.InstrumentationModuleContract;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.agent.instrumentation.LibrarySupport;
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
    protected LibrarySupport support() {
        return new LibrarySupport(
                "ONNX Runtime",
                "com.microsoft.onnxruntime:onnxruntime",
                "1.29.0",
                List.of("1.18.0", "1.21.1"),
                "`OrtSession.run`, all overloads",
                "stem of the file; size and SHA-256 prefix of a model given as bytes",
                "dimension 0 of `input_ids`, else of the first input",
                "elements of `input_ids`",
                "execution provider added first, else `cpu`",
                "all-MiniLM-L6-v2 and bge-small-en-v1.5, quantised; generated");
    }

    @Override
    protected List<String> packages() {
        return List.of("ai.onnxruntime.");
    }
}
