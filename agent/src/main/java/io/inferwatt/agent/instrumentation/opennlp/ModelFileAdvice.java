package io.inferwatt.agent.instrumentation.opennlp;

import net.bytebuddy.asm.Advice;
import opennlp.tools.util.model.BaseModel;

/** After the constructors of {@code BaseModel} that read a file. */
public final class ModelFileAdvice {

    private ModelFileAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void loaded(@Advice.This BaseModel model, @Advice.Argument(1) Object source) {
        OpenNlpCalls.loaded(model, source);
    }
}
