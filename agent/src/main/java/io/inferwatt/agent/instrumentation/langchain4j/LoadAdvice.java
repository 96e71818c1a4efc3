package io.inferwatt.agent.instrumentation.langchain4j;

import net.bytebuddy.asm.Advice;

/** After the encoder of a model that runs in the process was loaded from a file or a resource. */
public final class LoadAdvice {

    private LoadAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void loaded(@Advice.Argument(0) Object source, @Advice.Return Object encoder) {
        LangChain4jCalls.loaded(source, encoder);
    }
}
