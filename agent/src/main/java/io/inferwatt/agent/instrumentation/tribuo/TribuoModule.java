package io.inferwatt.agent.instrumentation.tribuo;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.instrumentation.Target;
import java.util.List;

/** Where inference passes in Tribuo. Run with 4.3.2; tests check 4.0.2 as well. */
public final class TribuoModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.tribuo.";
    private static final String LEARNING = FOLDER + "TribuoLearningAdvice";
    private static final String MODEL = "org.tribuo.Model";
    private static final String ONE = "(Lorg/tribuo/Example;)Lorg/tribuo/Prediction;";
    private static final String MANY = "(Ljava/lang/Iterable;)Ljava/util/List;";
    private static final String DATA_SET = "(Lorg/tribuo/Dataset;)Ljava/util/List;";

    @Override
    public String library() {
        return "tribuo";
    }

    @Override
    public List<Hook> hooks() {
        Target.Subtypes models = new Target.Subtypes(MODEL, "org.tribuo.", "Model");
        Target.Subtypes trainers = new Target.Subtypes("org.tribuo.Trainer", "org.tribuo.", "Trainer");
        return List.of(
                Hook.on(MODEL, "predict", MANY, FOLDER + "TribuoManyAdvice"),
                Hook.on(MODEL, "predict", DATA_SET, FOLDER + "TribuoManyAdvice"),
                Hook.onSubtypes(models, "predict", ONE, FOLDER + "TribuoOneAdvice"),
                Hook.onSubtypes(models, "predict", MANY, FOLDER + "TribuoManyAdvice"),
                Hook.onSubtypes(models, "predict", DATA_SET, FOLDER + "TribuoManyAdvice"),
                Hook.onAll("org.tribuo.evaluation.AbstractEvaluator", "evaluate", LEARNING),
                Hook.onAll("org.tribuo.sequence.AbstractSequenceEvaluator", "evaluate", LEARNING),
                // Each kind of trainer returns a kind of model of its own.
                new Hook(trainers, "train", null, LEARNING, false, null));
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(MODEL, "predict", ONE),
                new Member(MODEL, "getName", "()Ljava/lang/String;"),
                new Member("org.tribuo.Dataset", "size", "()I"));
    }
}
