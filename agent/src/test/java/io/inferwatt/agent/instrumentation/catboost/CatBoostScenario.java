package io.inferwatt.agent.instrumentation.catboost;

import ai.catboost.CatBoostError;
import ai.catboost.CatBoostModel;
import ai.catboost.CatBoostPredictions;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.call.ModelKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One tree of two numbers in CatBoost's JSON format, loaded from a file and asked for three rows at once. */
public final class CatBoostScenario implements LibraryScenario {

    private static final String FORMAT = "json";

    private static final String MODEL = """
            {"oblivious_trees": [{
                "leaf_values": [-1, 1, 2, 3],
                "leaf_weights": [1, 1, 1, 1],
                "splits": [
                  {"split_type": "FloatFeature", "float_feature_index": 0, "border": 0.5, "split_index": 0},
                  {"split_type": "FloatFeature", "float_feature_index": 1, "border": 0.25, "split_index": 1}]}],
             "features_info": {"float_features": [
                {"feature_id": "age", "feature_index": 0, "flat_feature_index": 0, "borders": [0.5],
                 "has_nans": false, "nan_value_treatment": "AsIs"},
                {"feature_id": "income", "feature_index": 1, "flat_feature_index": 1, "borders": [0.25],
                 "has_nans": false, "nan_value_treatment": "AsIs"}]},
             "model_info": {},
             "scale_and_bias": [1, [0]]}
            """;

    private static final float[] ROW = {1, 1};
    private static final float[][] ROWS = {ROW, {0, 0}, {1, 0}};

    private final byte[] bytes = MODEL.getBytes(StandardCharsets.UTF_8);
    private final CatBoostModel model;

    public CatBoostScenario() throws IOException, CatBoostError {
        Path file = Files.createTempDirectory("catboost").resolve("credit.json");
        Files.write(file, bytes);
        model = CatBoostModel.loadModel(file.toString(), FORMAT);
        Files.delete(file);
        Files.delete(file.getParent());
    }

    @Override
    public void call() throws CatBoostError {
        if (model.predict(ROWS, (String[][]) null).get(1, 0) != -1) {
            throw new IllegalStateException("not what the model says");
        }
    }

    /** Calls each public method that predicts rows, once. */
    public void callAllOfRows() throws CatBoostError {
        CatBoostPredictions filled = new CatBoostPredictions(ROWS.length, model.getPredictionDimension());
        model.predict(ROWS, (String[][]) null);
        model.predict(ROWS, (int[][]) null);
        model.predict(ROWS, (String[][]) null, null, null);
        model.predict(ROWS, (int[][]) null, null, null);
        model.predict(ROWS, (String[][]) null, filled);
        model.predict(ROWS, (int[][]) null, filled);
        model.predict(ROWS, (String[][]) null, null, null, filled);
        model.predict(ROWS, (int[][]) null, null, null, filled);
    }

    /** Calls each public method that predicts one row, once. */
    public void callAllOfOneRow() throws CatBoostError {
        CatBoostPredictions filled = new CatBoostPredictions(1, model.getPredictionDimension());
        model.predict(ROW, (String[]) null);
        model.predict(ROW, (int[]) null);
        model.predict(ROW, (String[]) null, null, null);
        model.predict(ROW, (int[]) null, null, null);
        model.predict(ROW, (String[]) null, filled);
        model.predict(ROW, (int[]) null, filled);
        model.predict(ROW, (String[]) null, null, null, filled);
        model.predict(ROW, (int[]) null, null, null, filled);
    }

    public void callLoadedFromBytesAndFromAStream() throws IOException, CatBoostError {
        try (CatBoostModel loaded = CatBoostModel.loadModel(bytes, FORMAT)) {
            loaded.predict(ROW, (int[]) null);
        }
        try (CatBoostModel loaded = CatBoostModel.loadModel(new ByteArrayInputStream(bytes), FORMAT)) {
            loaded.predict(ROW, (int[]) null);
        }
    }

    @Override
    public void failingCall() throws CatBoostError {
        model.predict(new float[] {1}, (String[]) null);
    }

    @Override
    public void callWithNull() throws CatBoostError {
        CatBoostPredictions filled = new CatBoostPredictions(1, 1);
        model.predict((float[][]) null, (String[][]) null, filled);
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("credit");
    }

    @Override
    public long rows() {
        return ROWS.length;
    }

    @Override
    public void callAfterClose() throws CatBoostError {
        close();
        call();
    }

    @Override
    public void close() throws CatBoostError {
        model.close();
    }
}
