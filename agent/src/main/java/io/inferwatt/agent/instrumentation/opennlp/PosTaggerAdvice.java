package io.inferwatt.agent.instrumentation.opennlp;

import net.bytebuddy.asm.Advice;
import opennlp.tools.postag.POSModel;
import org.jspecify.annotations.Nullable;

/** Around the methods of {@code POSTaggerME} that tag, some of which end in others. */
public final class PosTaggerAdvice {

    private PosTaggerAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.FieldValue("modelPackage") POSModel model) {
        return OpenNlpCalls.tag(model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        OpenNlpCalls.finish(call, error);
    }
}
