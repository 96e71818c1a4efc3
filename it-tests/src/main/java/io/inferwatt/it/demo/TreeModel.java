package io.inferwatt.it.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** Boosted trees on XGBoost that tell a question from a statement by counts; trained at the start, in a second. */
final class TreeModel implements ServedModel {

    static final String NAME = "question-trees";
    private static final int ROUNDS = 100;
    private static final int TEXTS = 2_000;
    private static final float MISSING = Float.NaN;

    private final ModelCard card;
    private final Booster booster;

    private TreeModel(ModelCard card, Booster booster) {
        this.card = card;
        this.booster = booster;
    }

    static TreeModel open(Path folder) throws IOException, XGBoostError {
        Random random = new Random(1);
        float[] rows = new float[TEXTS * Counts.SIZE];
        float[] labels = new float[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            String text = Corpus.text(random);
            System.arraycopy(Counts.of(text), 0, rows, i * Counts.SIZE, Counts.SIZE);
            labels[i] = text.contains("?") ? 1 : 0;
        }
        Map<String, Object> parameters = Map.of("objective", "binary:logistic", "max_depth", 6, "nthread", 1);
        DMatrix texts = new DMatrix(rows, TEXTS, Counts.SIZE, MISSING);
        texts.setLabel(labels);
        Booster trained = XGBoost.train(texts, parameters, ROUNDS, Map.of(), null, null);
        texts.dispose();
        Path file = folder.resolve(NAME + ".ubj");
        trained.saveModel(file.toString());
        trained.dispose();
        Booster loaded = XGBoost.loadModel(file.toString());
        loaded.setParam("nthread", 1);
        return new TreeModel(new ModelCard(NAME, "trees", Files.size(file)), loaded);
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public String answer(String text) throws XGBoostError {
        float[][] probability = booster.inplace_predict(Counts.of(text), 1, Counts.SIZE, MISSING);
        return String.format(Locale.ROOT, "{\"question\":%.3f}", probability[0][0]);
    }

    @Override
    public void close() {
        booster.dispose();
    }

    /** What the trees see of a text: never its last character, which would be too easy. */
    private static final class Counts {

        static final int SIZE = 8;

        static float[] of(String text) {
            String lower = text.toLowerCase(Locale.ROOT);
            return new float[] {
                text.length(),
                text.split(" ", -1).length,
                count(lower, ','),
                count(lower, '.'),
                count(lower, 'e'),
                lower.startsWith("how") ? 1 : 0,
                lower.startsWith("which") ? 1 : 0,
                lower.charAt(0)
            };
        }

        private static float count(String text, char wanted) {
            return text.chars().filter(c -> c == wanted).count();
        }
    }
}
