package io.inferwatt.agent.instrumentation.onnxruntime;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/** Where inference passes in ONNX Runtime. Run with 1.29.0; 1.18.0, 1.20.0 and 1.21.1 have the same methods. */
public final class OnnxRuntimeModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.onnxruntime.";
    private static final String SESSION = "ai.onnxruntime.OrtSession";
    private static final String OPTIONS = SESSION + "$SessionOptions";
    private static final String OPTIONS_DESCRIPTOR = "Lai/onnxruntime/OrtSession$SessionOptions;";

    /** Methods of the options that choose a device; which of them there are differs by version. */
    private static final List<String> PROVIDERS = List.of(
            "addCUDA",
            "addTensorrt",
            "addROCM",
            "addDirectML",
            "addCoreML",
            "addOpenVINO",
            "addWebGPU",
            "addQnn",
            "addNnapi",
            "addExecutionProvider");

    @Override
    public String library() {
        return "onnxruntime";
    }

    @Override
    public List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>();
        hooks.add(Hook.on(
                SESSION,
                "run",
                "(Ljava/util/Map;Ljava/util/Set;Ljava/util/Map;Lai/onnxruntime/OrtSession$RunOptions;)"
                        + "Lai/onnxruntime/OrtSession$Result;",
                FOLDER + "OrtRunAdvice"));
        hooks.add(constructor("Ljava/lang/String;"));
        hooks.add(constructor("[B"));
        hooks.add(constructor("Ljava/nio/ByteBuffer;"));
        hooks.add(Hook.on(SESSION, "close", "()V", FOLDER + "OrtCloseAdvice"));
        for (String provider : PROVIDERS) {
            hooks.add(Hook.onAll(OPTIONS, provider, FOLDER + "OrtProviderAdvice"));
        }
        return hooks;
    }

    private static Hook constructor(String model) {
        String descriptor = "(Lai/onnxruntime/OrtEnvironment;" + model + "Lai/onnxruntime/OrtAllocator;"
                + OPTIONS_DESCRIPTOR + ")V";
        return Hook.on(SESSION, Hook.CONSTRUCTOR, descriptor, FOLDER + "OrtCreateAdvice");
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member("ai.onnxruntime.OnnxTensorLike", "getInfo", "()Lai/onnxruntime/TensorInfo;"),
                new Member("ai.onnxruntime.TensorInfo", "getShape", "()[J"));
    }
}
