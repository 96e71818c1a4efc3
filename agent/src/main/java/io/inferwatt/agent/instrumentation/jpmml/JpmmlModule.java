package io.inferwatt.agent.instrumentation.jpmml;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/** Where inference passes in JPMML. Run with 1.7.7; tests check 1.5.16 as well. */
public final class JpmmlModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.jpmml.";
    private static final String PACKAGE = "org.jpmml.evaluator.";
    private static final String EVALUATOR = PACKAGE + "ModelEvaluator";
    private static final String BUILDER = PACKAGE + "ModelEvaluatorBuilder";
    private static final String LOADER = PACKAGE + "LoadingModelEvaluatorBuilder";
    private static final String LOADER_DESCRIPTOR = "Lorg/jpmml/evaluator/LoadingModelEvaluatorBuilder;";

    @Override
    public String library() {
        return "jpmml";
    }

    @Override
    public List<Hook> hooks() {
        return List.of(
                Hook.on(EVALUATOR, "evaluate", "(Ljava/util/Map;)Ljava/util/Map;", FOLDER + "JpmmlEvaluateAdvice"),
                Hook.on(LOADER, "load", "(Ljava/io/File;)" + LOADER_DESCRIPTOR, FOLDER + "JpmmlLoadAdvice"),
                Hook.on(
                        LOADER,
                        "load",
                        "(Ljava/io/File;Ljava/lang/String;)" + LOADER_DESCRIPTOR,
                        FOLDER + "JpmmlLoadAdvice"),
                Hook.on(BUILDER, "build", "()Lorg/jpmml/evaluator/ModelEvaluator;", FOLDER + "JpmmlBuildAdvice"));
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(EVALUATOR, "getModel", "()Lorg/dmg/pmml/Model;"),
                new Member("org.dmg.pmml.Model", "getModelName", "()Ljava/lang/String;"));
    }
}
