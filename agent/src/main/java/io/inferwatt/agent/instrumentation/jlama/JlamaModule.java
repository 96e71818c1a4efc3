package io.inferwatt.agent.instrumentation.jlama;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/** Where inference passes in Jlama. Tests check 0.7.0 to 0.8.4. */
public final class JlamaModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.jlama.";
    private static final String PACKAGE = "com.github.tjake.jlama.";
    private static final String DESCRIPTOR_PACKAGE = "Lcom/github/tjake/jlama/";
    private static final String MODEL = PACKAGE + "model.AbstractModel";
    private static final String RESPONSE = PACKAGE + "model.functions.Generator$Response";
    private static final String TEXT_AND_POOLING =
            "(Ljava/lang/String;" + DESCRIPTOR_PACKAGE + "model/functions/Generator$PoolingType;)";

    @Override
    public String library() {
        return "jlama";
    }

    @Override
    public List<Hook> hooks() {
        return List.of(
                Hook.on(
                        MODEL,
                        "generate",
                        "(Ljava/util/UUID;" + DESCRIPTOR_PACKAGE
                                + "safetensors/prompt/PromptContext;FILjava/util/function/BiConsumer;)"
                                + DESCRIPTOR_PACKAGE + "model/functions/Generator$Response;",
                        FOLDER + "JlamaGenerateAdvice"),
                Hook.on(MODEL, "embed", TEXT_AND_POOLING + "[F", FOLDER + "JlamaEmbedAdvice"),
                Hook.on(MODEL, "classify", TEXT_AND_POOLING + "Ljava/util/Map;", FOLDER + "JlamaEmbedAdvice"),
                // The other overloads end here.
                Hook.on(
                        PACKAGE + "model.ModelSupport",
                        "loadModel",
                        "(" + DESCRIPTOR_PACKAGE + "model/AbstractModel$InferenceType;Ljava/io/File;Ljava/io/File;"
                                + DESCRIPTOR_PACKAGE + "safetensors/DType;" + DESCRIPTOR_PACKAGE
                                + "safetensors/DType;Ljava/util/Optional;Ljava/util/Optional;Ljava/util/Optional;"
                                + "Ljava/util/function/Function;)" + DESCRIPTOR_PACKAGE + "model/AbstractModel;",
                        FOLDER + "JlamaLoadAdvice"));
    }

    @Override
    public List<Member> requires() {
        return List.of(new Member(RESPONSE, JlamaTokens.PROMPT, "I"), new Member(RESPONSE, JlamaTokens.GENERATED, "I"));
    }
}
