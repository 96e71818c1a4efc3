package io.inferwatt.agent.instrumentation.lightgbm;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.call.ModelKey;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** A small ranker, trained, saved and loaded from a file, asked for three rows at once. */
public final class LightGbmScenario implements LibraryScenario {

    private static final int ROWS = 3;
    private static final int FEATURES = 7;
    private static final int TRAINED_ON = 400;
    private static final int ROUNDS = 3;
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final String PARAMETERS =
            "objective=regression num_leaves=7 min_data_in_leaf=5 verbosity=-1 num_threads=2";
    private final float[] trainedOn = values(TRAINED_ON);
    private final LGBMDataset data;
    private final LGBMBooster trained;
    private final String text;
    private final LGBMBooster booster;

    /** Its class needs the native code. */
    private final PredictionType normal;

    public LightGbmScenario() throws IOException, LGBMException {
        loadNative();
        normal = PredictionType.C_API_PREDICT_NORMAL;
        data = LGBMDataset.createFromMat(trainedOn, TRAINED_ON, FEATURES, true, PARAMETERS, null);
        data.setField("label", Arrays.copyOf(trainedOn, TRAINED_ON));
        trained = LGBMBooster.create(data, PARAMETERS);
        for (int round = 0; round < ROUNDS; round++) {
            trained.updateOneIter();
        }
        text = trained.saveModelToString(0, 0, FeatureImportanceType.SPLIT);
        Path file = Files.createTempDirectory("lightgbm").resolve("ranker.txt");
        Files.writeString(file, text);
        booster = LGBMBooster.createFromModelfile(file.toString());
        Files.delete(file);
        Files.delete(file.getParent());
    }

    /** The library unpacks to a fixed name, and the JVM takes a file for one class loader only: so each gets its own. */
    private static void loadNative() throws IOException {
        String before = System.getProperty(TEMPORARY);
        Path folder = Files.createTempDirectory("lightgbm");
        System.setProperty(TEMPORARY, folder.toString());
        try {
            LGBMBooster.loadNative();
        } finally {
            System.setProperty(TEMPORARY, before);
            for (File unpacked : folder.toFile().listFiles()) {
                unpacked.delete();
            }
            Files.delete(folder);
        }
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
    public void call() throws LGBMException {
        booster.predictForMat(new float[ROWS * FEATURES], ROWS, FEATURES, true, normal);
    }

    /** Calls each public method that predicts many rows, once. */
    public void callAllOverloads() throws LGBMException {
        call();
        booster.predictForMat(new float[ROWS * FEATURES], ROWS, FEATURES, true, normal, "num_threads=1");
        booster.predictForMat(new double[ROWS * FEATURES], ROWS, FEATURES, true, normal);
        booster.predictForMat(new double[ROWS * FEATURES], ROWS, FEATURES, true, normal, "num_threads=1");
    }

    public void callSingleRows() throws LGBMException {
        booster.predictForMatSingleRow(new float[FEATURES], normal);
        booster.predictForMatSingleRow(new double[FEATURES], normal);
    }

    public void callTenTimes() throws LGBMException {
        for (int i = 0; i < 5; i++) {
            callSingleRows();
        }
    }

    public void callLarge() throws LGBMException {
        booster.predictForMat(trainedOn, TRAINED_ON, FEATURES, true, normal);
    }

    public void callOneRowThenLarge() throws LGBMException {
        callSingleRows();
        booster.predictForMat(new float[FEATURES], 1, FEATURES, true, normal, "num_threads=1");
        callLarge();
    }

    public void callTrained() throws LGBMException {
        trained.predictForMat(new float[FEATURES], 1, FEATURES, true, normal);
    }

    public void callLoadedFromText() throws LGBMException {
        try (LGBMBooster loaded = LGBMBooster.loadModelFromString(text)) {
            loaded.predictForMat(new float[FEATURES], 1, FEATURES, true, normal);
        }
    }

    @Override
    public void failingCall() throws LGBMException {
        booster.predictForMat(new float[ROWS * FEATURES], ROWS, FEATURES - 1, true, normal);
    }

    @Override
    public void callWithNull() throws LGBMException {
        booster.predictForMat((float[]) null, ROWS, FEATURES, true, normal);
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("ranker");
    }

    @Override
    public long rows() {
        return ROWS;
    }

    @Override
    public void callAfterClose() throws LGBMException {
        close();
        call();
    }

    @Override
    public void close() throws LGBMException {
        booster.close();
        trained.close();
        data.close();
    }
}
