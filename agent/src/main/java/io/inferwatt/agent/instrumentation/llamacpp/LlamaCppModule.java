package io.inferwatt.agent.instrumentation.llamacpp;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/**
 * Where inference passes in the Java binding of llama.cpp. Run with 4.2.0; tests check 4.1.0 as well. Its {@code embed} and the
 * {@code rerank} of two arguments are native methods, which cannot be woven.
 */
public final class LlamaCppModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.llamacpp.";
    private static final String MODEL = "de.kherud.llama.LlamaModel";
    private static final String STREAM = "de.kherud.llama.LlamaIterator";

    @Override
    public String library() {
        return "llama-cpp";
    }

    @Override
    public List<Hook> hooks() {
        return List.of(
                Hook.on(MODEL, Hook.CONSTRUCTOR, "(Lde/kherud/llama/ModelParameters;)V", FOLDER + "LlamaOpenAdvice"),
                Hook.on(MODEL, "close", "()V", FOLDER + "LlamaCloseAdvice"),
                Hook.on(
                        MODEL,
                        "complete",
                        "(Lde/kherud/llama/InferenceParameters;)Ljava/lang/String;",
                        FOLDER + "LlamaCompleteAdvice"),
                Hook.on(
                        MODEL,
                        "rerank",
                        "(ZLjava/lang/String;[Ljava/lang/String;)Ljava/util/List;",
                        FOLDER + "LlamaRerankAdvice"),
                // Not "generate", which only makes an iterable: the request is sent where that is iterated.
                Hook.on(
                        STREAM,
                        Hook.CONSTRUCTOR,
                        "(Lde/kherud/llama/LlamaModel;Lde/kherud/llama/InferenceParameters;)V",
                        FOLDER + "LlamaStreamAdvice"),
                Hook.on(STREAM, "next", "()Lde/kherud/llama/LlamaOutput;", FOLDER + "LlamaNextAdvice"),
                Hook.on(STREAM, "cancel", "()V", FOLDER + "LlamaCancelAdvice"));
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member("de.kherud.llama.ModelParameters", "toArray", "()[Ljava/lang/String;"),
                new Member(STREAM, "hasNext", "()Z"),
                new Member("de.kherud.llama.LlamaOutput", "text", "Ljava/lang/String;"));
    }
}
