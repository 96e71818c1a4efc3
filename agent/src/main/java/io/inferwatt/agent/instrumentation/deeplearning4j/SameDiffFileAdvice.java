package io.inferwatt.agent.instrumentation.deeplearning4j;

import java.io.File;
import net.bytebuddy.asm.Advice;
import org.nd4j.autodiff.samediff.SameDiff;

/** After {@code SameDiff.fromFlatFile}, by which {@code load} reads files too. */
public final class SameDiffFileAdvice {

    private SameDiffFileAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void loaded(@Advice.Return SameDiff model, @Advice.Argument(0) File file) {
        SameDiffCalls.loaded(model, file);
    }
}
