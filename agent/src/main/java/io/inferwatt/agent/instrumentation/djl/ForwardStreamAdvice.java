package io.inferwatt.agent.instrumentation.djl;

import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;

/** After {@code StreamingBlock.forwardStream}: what it returns computes while it is read. */
public final class ForwardStreamAdvice {

    private ForwardStreamAdvice() {}

    @Advice.AssignReturned.ToReturned
    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static Stream<?> returned(@Advice.Return Stream<?> outputs) {
        return DjlCalls.watched(outputs);
    }
}
