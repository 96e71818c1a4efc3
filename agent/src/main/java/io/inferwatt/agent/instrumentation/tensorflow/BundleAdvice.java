package io.inferwatt.agent.instrumentation.tensorflow;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.ConfigProto;

/** Around the private {@code SavedModelBundle.load}, in which all loading ends. */
public final class BundleAdvice {

    private BundleAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static Object enter() {
        return TensorFlowCalls.beforeEngine();
    }

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void exit(
            @Advice.Enter @Nullable Object before,
            @Advice.Return SavedModelBundle bundle,
            @Advice.Argument(0) String directory,
            @Advice.Argument(2) @Nullable ConfigProto config) {
        TensorFlowCalls.loaded(before, bundle, directory, config);
    }
}
