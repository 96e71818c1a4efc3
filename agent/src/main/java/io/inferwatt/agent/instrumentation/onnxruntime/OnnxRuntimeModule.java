package io.inferwatt.agent.instrumentation.onnxruntime;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/** Where inference passes in ONNX Runtime. Run with 1.29.0; tests check 1.18.0 and 1.21.1 as well. */
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
            "addNnapi");

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
        hooks.add(Hook.on(SESSION, Hook.CONSTRUCTOR, constructor("Ljava/lang/String;"), FOLDER + "OrtCreateAdvice"));
        hooks.add(Hook.on(SESSION, Hook.CONSTRUCTOR, constructor("[B"), FOLDER + "OrtCreateAdvice"));
        // Since 1.20; not in 1.18.0.
        hooks.add(Hook.onOptional(
                SESSION, Hook.CONSTRUCTOR, constructor("Ljava/nio/ByteBuffer;"), FOLDER + "OrtCreateAdvice"));
        hooks.add(Hook.on(SESSION, "close", "()V", FOLDER + "OrtCloseAdvice"));
        for (String provider : PROVIDERS) {
            hooks.add(Hook.onAll(OPTIONS, provider, FOLDER + "OrtProviderAdvice"));
        }
        // Not in 1.21.1. The private overload of that name is how others of these methods do their work.
        hooks.add(Hook.onOptional(
                OPTIONS, "addExecutionProvider", "(Ljava/util/List;Ljava/util/Map;)V", FOLDER + "OrtDevicesAdvice"));
        return hooks;
    }

    private static String constructor(String model) {
        return "(Lai/onnxruntime/OrtEnvironment;" + model + "Lai/onnxruntime/OrtAllocator;" + OPTIONS_DESCRIPTOR + ")V";
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member("ai.onnxruntime.OnnxTensorLike", "getInfo", "()Lai/onnxruntime/TensorInfo;"),
                new Member("ai.onnxruntime.TensorInfo", "getShape", "()[J"));
    }
}
