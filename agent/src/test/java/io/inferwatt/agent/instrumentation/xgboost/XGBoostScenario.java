package io.inferwatt.agent.instrumentation.xgboost;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.call.ModelKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.IObjective;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** A small classifier, trained, saved and loaded from a file, asked for three rows at once. */
public final class XGBoostScenario implements LibraryScenario {

    private static final int ROWS = 3;
    private static final int FEATURES = 7;
    private static final int TRAINED_ON = 200;
    private static final int ROUNDS = 2;
    private static final float MISSING = Float.NaN;

    private final DMatrix trainedOn = matrix(TRAINED_ON);
    private final Booster trained;
    private final byte[] bytes;
    private final Booster booster;
    private final DMatrix rows = matrix(ROWS);

    public XGBoostScenario() throws IOException, XGBoostError {
        float[] labels = new float[TRAINED_ON];
        for (int row = 0; row < TRAINED_ON; row++) {
            labels[row] = row % 2;
        }
        trainedOn.setLabel(labels);
        trained = train(null);
        bytes = trained.toByteArray();
        Path file = Files.createTempDirectory("xgboost").resolve("churn.json");
        trained.saveModel(file.toString());
        booster = XGBoost.loadModel(file.toString());
        Files.delete(file);
        Files.delete(file.getParent());
    }

    private Booster train(IObjective objective) throws XGBoostError {
        return XGBoost.train(
                trainedOn,
                Map.of("objective", "binary:logistic", "max_depth", 2, "nthread", 1, "device", "cpu"),
                ROUNDS,
                Map.of(),
                objective,
                null);
    }

    private static DMatrix matrix(int rows) throws XGBoostError {
        return new DMatrix(values(rows), rows, FEATURES, MISSING);
    }

    private static float[] values(int rows) {
        float[] values = new float[rows * FEATURES];
        Random random = new Random(rows);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    @Override
    public void call() throws XGBoostError {
        booster.predict(rows);
    }

    /** Calls each public method that predicts, once. */
    public void callAllOverloads() throws XGBoostError {
        booster.predict(rows);
        booster.predict(rows, true);
        booster.predict(rows, false, 0);
        booster.predictLeaf(rows, 0);
        booster.predictContrib(rows, 0);
        booster.inplace_predict(values(ROWS), ROWS, FEATURES, MISSING);
        booster.inplace_predict(values(ROWS), ROWS, FEATURES, MISSING, new int[] {0, 0});
        booster.inplace_predict(
                values(ROWS), ROWS, FEATURES, MISSING, new int[] {0, 0}, Booster.PredictionType.kMargin, null);
    }

    public void callTenTimes() throws XGBoostError {
        for (int i = 0; i < 10; i++) {
            booster.predict(rows);
        }
    }

    /** Calls with a large matrix, which was made before. */
    public void callLarge() throws XGBoostError {
        booster.predict(trainedOn);
    }

    public void callTrained() throws XGBoostError {
        trained.predict(rows);
    }

    public void callTrainedWithName() throws XGBoostError {
        Booster named = train(null);
        named.setAttr("name", "fraud");
        named.predict(rows);
    }

    public void callLoadedFromBytesAndFromAStream() throws IOException, XGBoostError {
        XGBoost.loadModel(bytes).predict(rows);
        XGBoost.loadModel(new ByteArrayInputStream(bytes)).predict(rows);
    }

    /** Asks for a device that may not be there; this build of the library then takes the processor. */
    public void callOnAnotherDevice() throws XGBoostError {
        trained.setParam("device", "cuda");
        trained.predict(rows);
    }

    public void callOnTheProcessorAgain() throws XGBoostError {
        trained.setParam("device", "cpu");
        trained.predict(rows);
    }

    public void callAskedForAGpuTreeMethod() throws XGBoostError {
        callAfterAsking("tree_method", "gpu_hist");
    }

    public void callAskedForAGpuPredictor() throws XGBoostError {
        callAfterAsking("predictor", "gpu_predictor");
    }

    private void callAfterAsking(String parameter, String value) throws XGBoostError {
        booster.setParam(parameter, value);
        try {
            booster.predict(rows);
        } catch (XGBoostError refusedByVersionsOfToday) {
            // It has been asked all the same.
        }
    }

    /** A disposed one would crash the JVM. */
    public void callWithMatrixThatTellsNoRows() throws XGBoostError {
        booster.predict(new MatrixWithoutRows());
    }

    private static final class MatrixWithoutRows extends DMatrix {

        MatrixWithoutRows() throws XGBoostError {
            super(values(ROWS), ROWS, FEATURES, MISSING);
        }

        @Override
        public long rowNum() throws XGBoostError {
            throw new XGBoostError("disposed");
        }
    }

    /** Trains with an objective in Java, for which the library predicts in each round. */
    public void trainWithOwnObjective() throws XGBoostError {
        train((predicted, matrix) -> gradients(predicted, labels(matrix)));
    }

    private static List<float[]> gradients(float[][] predicted, float[] labels) {
        float[] gradient = new float[predicted.length];
        float[] hessian = new float[predicted.length];
        for (int row = 0; row < predicted.length; row++) {
            gradient[row] = predicted[row][0] - labels[row];
            hessian[row] = 1;
        }
        return List.of(gradient, hessian);
    }

    private static float[] labels(DMatrix matrix) {
        try {
            return matrix.getLabel();
        } catch (XGBoostError e) {
            throw new IllegalStateException(e);
        }
    }

    public void failNatively() throws XGBoostError {
        booster.inplace_predict(values(ROWS), ROWS - 1, FEATURES + 1, MISSING);
    }

    @Override
    public void failingCall() throws XGBoostError {
        // Refused in Java: messages of the native code start with the time.
        booster.inplace_predict(values(ROWS), ROWS, FEATURES, MISSING, new int[] {0});
    }

    @Override
    public void callWithNull() throws XGBoostError {
        booster.predict(null);
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("churn");
    }

    @Override
    public long rows() {
        return ROWS;
    }

    /** The library does not take a call after the end: the JVM crashes. */
    @Override
    public void callAfterClose() throws XGBoostError {
        close();
        close();
    }

    @Override
    public void close() {
        booster.dispose();
        trained.dispose();
        rows.dispose();
        trainedOn.dispose();
    }
}
