package io.inferwatt.agent.instrumentation.opennlp;

import net.bytebuddy.asm.Advice;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.TokenNameFinderModel;

/** After the constructor of {@code NameFinderME}, which keeps of its model only a part that does not know it. */
public final class NameFinderCreateAdvice {

    private NameFinderCreateAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class, inline = false)
    public static void created(@Advice.This NameFinderME finder, @Advice.Argument(0) TokenNameFinderModel model) {
        OpenNlpCalls.created(finder, model);
    }
}
