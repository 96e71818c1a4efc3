package io.inferwatt.agent.instrumentation.tensorflow;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/** Where inference passes in TensorFlow. Run with 1.1.0; tests check 1.0.0 as well. */
public final class TensorFlowModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.tensorflow.";
    private static final String SESSION = "org.tensorflow.Session";
    private static final String RUNNER = SESSION + "$Runner";
    private static final String BUNDLE = "org.tensorflow.SavedModelBundle";
    private static final String FUNCTION = "org.tensorflow.ConcreteFunction";
    private static final String EAGER = "org.tensorflow.EagerSession";
    private static final String CONFIG = "org.tensorflow.proto.ConfigProto";
    private static final String NATIVE = "org.tensorflow.internal.c_api.";
    private static final String API = NATIVE + "global.tensorflow";
    private static final String TO_RESULT = ")Lorg/tensorflow/Result;";

    @Override
    public String library() {
        return "tensorflow";
    }

    @Override
    public List<Hook> hooks() {
        return List.of(
                // Not what both end in: the library initialises variables there too.
                Hook.on(RUNNER, "run", "(" + TO_RESULT, FOLDER + "RunnerAdvice"),
                Hook.on(RUNNER, "runAndFetchMetadata", "(" + TO_RESULT, FOLDER + "RunnerAdvice"),
                Hook.on(FUNCTION, "call", "(Ljava/util/Map;" + TO_RESULT, FOLDER + "FunctionAdvice"),
                Hook.on(
                        FUNCTION,
                        "call",
                        "(Lorg/tensorflow/op/Scope;Ljava/util/Map;)Ljava/util/Map;",
                        FOLDER + "OperandsAdvice"),
                Hook.on(
                        SESSION,
                        Hook.CONSTRUCTOR,
                        "(Lorg/tensorflow/Graph;ZLorg/tensorflow/proto/ConfigProto;)V",
                        FOLDER + "SessionAdvice"),
                Hook.on(
                        SESSION,
                        Hook.CONSTRUCTOR,
                        "(Lorg/tensorflow/Graph;" + type("TF_Session") + ")V",
                        FOLDER + "SessionOfBundleAdvice"),
                Hook.on(SESSION, "close", "()V", FOLDER + "SessionCloseAdvice"),
                Hook.on(
                        BUNDLE,
                        "load",
                        "(Ljava/lang/String;[Ljava/lang/String;Lorg/tensorflow/proto/ConfigProto;"
                                + "Lorg/tensorflow/proto/RunOptions;)Lorg/tensorflow/SavedModelBundle;",
                        FOLDER + "BundleAdvice"),
                Hook.on(
                        EAGER,
                        Hook.CONSTRUCTOR,
                        "(Lorg/tensorflow/EagerSession$Options;)V",
                        FOLDER + "EagerSessionAdvice"),
                Hook.on(EAGER, "doClose", "()V", FOLDER + "EagerSessionCloseAdvice"));
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(RUNNER, "this$0", "Lorg/tensorflow/Session;"),
                new Member(RUNNER, "inputTensors", "Ljava/util/ArrayList;"),
                new Member(RUNNER, "outputs", "Ljava/util/ArrayList;"),
                new Member(RUNNER, "targets", "Ljava/util/ArrayList;"),
                new Member(SESSION, "nativeHandle", type("TF_Session")),
                new Member(SESSION, "graph", "()Lorg/tensorflow/Graph;"),
                new Member(BUNDLE, "session", "()Lorg/tensorflow/Session;"),
                new Member("org.tensorflow.Graph", "operations", "()Ljava/util/Iterator;"),
                new Member("org.tensorflow.Tensor", "isSparse", "()Z"),
                new Member("org.tensorflow.Tensor", "asRawTensor", "()Lorg/tensorflow/RawTensor;"),
                new Member("org.tensorflow.RawTensor", "shape", "()Lorg/tensorflow/ndarray/Shape;"),
                new Member(FUNCTION, "signature", "()Lorg/tensorflow/Signature;"),
                new Member("org.tensorflow.Signature", "key", "()Ljava/lang/String;"),
                new Member("org.tensorflow.op.Scope", "env", "()Lorg/tensorflow/ExecutionEnvironment;"),
                new Member(EAGER, "nativeHandle", type("TFE_Context")),
                new Member(CONFIG, "getUsePerSessionThreads", "()Z"),
                new Member(CONFIG, "getSessionInterOpThreadPoolCount", "()I"),
                new Member(CONFIG, "getSessionInterOpThreadPool", "(I)Lorg/tensorflow/proto/ThreadPoolOptionProto;"),
                new Member("org.tensorflow.proto.ThreadPoolOptionProto", "getGlobalName", "()Ljava/lang/String;"),
                listDevices("TF_SessionListDevices", "TF_Session"),
                listDevices("TFE_ContextListDevices", "TFE_Context"));
    }

    private static Member listDevices(String function, String of) {
        String parameters = "(" + type(of) + type("TF_Status") + ")";
        return new Member(API, function, parameters + type("TF_DeviceList"));
    }

    private static String type(String name) {
        return "L" + NATIVE.replace('.', '/') + name + ";";
    }
}
