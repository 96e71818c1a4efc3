package io.inferwatt.agent.instrumentation.lightgbm;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/** Where inference passes in LightGBM4j. Run with 4.3.0-1; tests check 3.3.2-5 as well. */
public final class LightGbmModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.lightgbm.";
    private static final String BOOSTER = "io.github.metarank.lightgbm4j.LGBMBooster";
    private static final String DATA = "io.github.metarank.lightgbm4j.LGBMDataset";
    private static final String FROM_STRING = "(Ljava/lang/String;)Lio/github/metarank/lightgbm4j/LGBMBooster;";
    private static final String KIND = "Lcom/microsoft/ml/lightgbm/PredictionType;";

    @Override
    public String library() {
        return "lightgbm";
    }

    @Override
    public List<Hook> hooks() {
        return List.of(
                Hook.on(BOOSTER, "predictForMat", rows("F"), FOLDER + "LgbmPredictAdvice"),
                Hook.on(BOOSTER, "predictForMat", rows("D"), FOLDER + "LgbmPredictAdvice"),
                Hook.on(BOOSTER, "predictForMatSingleRow", singleRow("F"), FOLDER + "LgbmSingleRowAdvice"),
                Hook.on(BOOSTER, "predictForMatSingleRow", singleRow("D"), FOLDER + "LgbmSingleRowAdvice"),
                Hook.on(BOOSTER, "createFromModelfile", FROM_STRING, FOLDER + "LgbmFileAdvice"),
                Hook.on(BOOSTER, "loadModelFromString", FROM_STRING, FOLDER + "LgbmTextAdvice"),
                Hook.onAll(BOOSTER, "updateOneIter", FOLDER + "LgbmOtherWorkAdvice"),
                Hook.onAll(DATA, "createFromFile", FOLDER + "LgbmOtherWorkAdvice"),
                Hook.onAll(DATA, "createFromMat", FOLDER + "LgbmOtherWorkAdvice"));
    }

    private static String rows(String number) {
        return "([" + number + "IIZ" + KIND + "Ljava/lang/String;)[D";
    }

    private static String singleRow(String number) {
        return "([" + number + KIND + ")D";
    }

    @Override
    public List<Member> requires() {
        return List.of(new Member(BOOSTER, "getNumFeature", "()I"));
    }
}
