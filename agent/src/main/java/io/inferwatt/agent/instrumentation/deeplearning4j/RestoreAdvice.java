package io.inferwatt.agent.instrumentation.deeplearning4j;

import java.io.File;
import net.bytebuddy.asm.Advice;

/** After the methods of {@code ModelSerializer} that read a network from a file, perhaps with its normalizer. */
public final class RestoreAdvice {

    private RestoreAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void restored(@Advice.Return Object restored, @Advice.Argument(0) File file) {
        DeepLearning4jCalls.restored(restored, file);
    }
}
