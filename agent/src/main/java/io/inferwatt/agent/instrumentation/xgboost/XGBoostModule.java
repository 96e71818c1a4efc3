package io.inferwatt.agent.instrumentation.xgboost;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/** Where inference passes in XGBoost4J. Run with 3.4.0; tests check 1.7.6 and 2.1.4 as well. */
public final class XGBoostModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.xgboost.";
    private static final String PACKAGE = "ml.dmlc.xgboost4j.java.";
    private static final String BOOSTER = PACKAGE + "Booster";
    private static final String MATRIX = PACKAGE + "DMatrix";
    private static final String BOOSTER_DESCRIPTOR = "Lml/dmlc/xgboost4j/java/Booster;";

    @Override
    public String library() {
        return "xgboost";
    }

    @Override
    public List<Hook> hooks() {
        return List.of(
                Hook.on(BOOSTER, "predict", "(Lml/dmlc/xgboost4j/java/DMatrix;ZIZZ)[[F", FOLDER + "XgbPredictAdvice"),
                // Since 2.1; not in 2.0.3.
                Hook.onOptional(
                        BOOSTER,
                        "inplace_predict",
                        "([FIIF[ILml/dmlc/xgboost4j/java/Booster$PredictionType;[F)[[F",
                        FOLDER + "XgbInplaceAdvice"),
                Hook.on(BOOSTER, "loadModel", "(Ljava/lang/String;)" + BOOSTER_DESCRIPTOR, FOLDER + "XgbLoadAdvice"),
                Hook.on(BOOSTER, "loadModel", "([B)" + BOOSTER_DESCRIPTOR, FOLDER + "XgbLoadAdvice"),
                Hook.on(BOOSTER, "setParam", "(Ljava/lang/String;Ljava/lang/Object;)V", FOLDER + "XgbParameterAdvice"),
                Hook.onAll(BOOSTER, "update", FOLDER + "XgbTrainAdvice"),
                Hook.onAll(BOOSTER, "boost", FOLDER + "XgbTrainAdvice"),
                Hook.onAll(BOOSTER, "evalSet", FOLDER + "XgbTrainAdvice"),
                Hook.onAll(MATRIX, Hook.CONSTRUCTOR, FOLDER + "XgbMatrixAdvice"));
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(BOOSTER, "getAttr", "(Ljava/lang/String;)Ljava/lang/String;"),
                new Member(BOOSTER, "getNumFeature", "()J"),
                new Member(MATRIX, "rowNum", "()J"));
    }
}
