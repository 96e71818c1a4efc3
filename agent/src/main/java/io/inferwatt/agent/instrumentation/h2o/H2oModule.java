package io.inferwatt.agent.instrumentation.h2o;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/** Where inference passes in models exported from H2O. Run with 3.46.0.12; tests check 3.30.0.5 as well. */
public final class H2oModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.h2o.";
    private static final String WRAPPER = "hex.genmodel.easy.EasyPredictModelWrapper";
    private static final String MODEL = "hex.genmodel.MojoModel";

    private static final String ROW = "(Lhex/genmodel/easy/RowData;";
    private static final String PREDICTION = ")Lhex/genmodel/easy/prediction/AbstractPrediction;";

    /** Beside {@code predict}, of which a version is part of all others; which of them there are differs by version. */
    private static final List<String> KINDS = List.of(
            "predictAnomalyDetection",
            "predictAutoEncoder",
            "predictBinomial",
            "predictClustering",
            "predictContributions",
            "predictCoxPH",
            "predictDimReduction",
            "predictKLime",
            "predictMultinomial",
            "predictOrdinal",
            "predictRaw",
            "predictRegression",
            "predictTargetEncoding",
            "predictUpliftBinomial",
            "predictWord2Vec");

    @Override
    public String library() {
        return "h2o";
    }

    @Override
    public List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>();
        hooks.add(Hook.on(WRAPPER, "predict", ROW + "Lhex/ModelCategory;" + PREDICTION, FOLDER + "H2oPredictAdvice"));
        for (String kind : KINDS) {
            hooks.add(Hook.onAll(WRAPPER, kind, FOLDER + "H2oPredictAdvice"));
        }
        hooks.add(Hook.on(MODEL, "load", "(Ljava/lang/String;)Lhex/genmodel/MojoModel;", FOLDER + "H2oLoadAdvice"));
        // Since 3.32; not in 3.30.
        hooks.add(Hook.onOptional(
                MODEL, "load", "(Ljava/lang/String;Z)Lhex/genmodel/MojoModel;", FOLDER + "H2oLoadAdvice"));
        return hooks;
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(WRAPPER, "m", "Lhex/genmodel/GenModel;"),
                new Member(MODEL, "_algoName", "Ljava/lang/String;"),
                new Member("hex.genmodel.GenModel", "getUUID", "()Ljava/lang/String;"));
    }
}
