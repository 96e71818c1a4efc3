package io.inferwatt.agent.instrumentation.catboost;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/** Where inference passes in CatBoost. Run with 1.2.7; tests check 1.0.6 as well. */
public final class CatBoostModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.catboost.";
    private static final String MODEL = "ai.catboost.CatBoostModel";
    private static final String FILLED = "Lai/catboost/CatBoostPredictions;)V";

    /** Categories are strings or hashes; the longer methods take texts and embeddings as well. */
    private static final List<String> ONE_ROW = List.of(
            "([F[Ljava/lang/String;",
            "([F[Ljava/lang/String;[Ljava/lang/String;[[F",
            "([F[I",
            "([F[I[Ljava/lang/String;[[F");

    private static final List<String> ROWS = List.of(
            "([[F[[Ljava/lang/String;",
            "([[F[[Ljava/lang/String;[[Ljava/lang/String;[[[F",
            "([[F[[I",
            "([[F[[I[[Ljava/lang/String;[[[F");

    @Override
    public String library() {
        return "catboost";
    }

    @Override
    public List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>();
        for (String row : ONE_ROW) {
            hooks.add(Hook.on(MODEL, "predict", row + FILLED, FOLDER + "CatBoostRowAdvice"));
        }
        for (String rows : ROWS) {
            hooks.add(Hook.on(MODEL, "predict", rows + FILLED, FOLDER + "CatBoostRowsAdvice"));
        }
        // Which of them there are differs by version, and some end in others.
        hooks.add(Hook.onAll(MODEL, "loadModel", FOLDER + "CatBoostLoadAdvice"));
        return hooks;
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(MODEL, "loadModel", "(Ljava/lang/String;)Lai/catboost/CatBoostModel;"),
                new Member(MODEL, "getFeatureNames", "()[Ljava/lang/String;"));
    }
}
