package io.inferwatt.agent.instrumentation.opennlp;

import net.bytebuddy.asm.Advice;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.jspecify.annotations.Nullable;

/** Around the methods of {@code LanguageDetectorME} that detect. */
public final class LanguageDetectorAdvice {

    private LanguageDetectorAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class, inline = false)
    public static @Nullable Object enter(@Advice.FieldValue("model") LanguageDetectorModel model) {
        return OpenNlpCalls.detect(model);
    }

    @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, inline = false)
    public static void exit(@Advice.Enter @Nullable Object call, @Advice.Thrown @Nullable Throwable error) {
        OpenNlpCalls.finish(call, error);
    }
}
