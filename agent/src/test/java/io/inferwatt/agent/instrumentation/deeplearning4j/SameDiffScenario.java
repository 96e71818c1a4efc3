package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.core.call.ModelKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.TrainingConfig;
import org.nd4j.evaluation.regression.RegressionEvaluation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

/** A graph of a product and its loss, asked for three rows at once. */
public final class SameDiffScenario implements SameDiffUse {

    private static final int ROWS = 3;
    private static final int IN = 3;
    private static final int OUT = 2;

    private final SameDiff model = SameDiff.create();

    public SameDiffScenario() {
        SDVariable x = model.placeHolder("x", DataType.FLOAT, -1, IN);
        SDVariable labels = model.placeHolder("labels", DataType.FLOAT, -1, OUT);
        SDVariable weights = model.var("w", Nd4j.rand(DataType.FLOAT, IN, OUT));
        SDVariable y = x.mmul("y", weights);
        model.loss.meanSquaredError("loss", labels, y, null);
        model.setLossVariables("loss");
        model.setTrainingConfig(new TrainingConfig.Builder()
                .updater(new Sgd(0.01))
                .dataSetFeatureMapping("x")
                .dataSetLabelMapping("labels")
                .build());
    }

    private static INDArray input(int width) {
        return Nd4j.rand(DataType.FLOAT, ROWS, width);
    }

    private static DataSetIterator batches() {
        return new ViewIterator(new DataSet(input(IN), input(OUT)), ROWS);
    }

    @Override
    public void call() {
        model.output(Map.of("x", input(IN)), "y");
    }

    @Override
    public void failingCall() {
        model.output(Map.of("x", Nd4j.ones(DataType.FLOAT, ROWS, IN + 1)), "y");
    }

    @Override
    public void callWithNull() {
        model.output((Map<String, INDArray>) null, "y");
    }

    @Override
    public int callEachWay() {
        Map<String, INDArray> inputs = Map.of("x", input(IN));
        model.output(inputs, "y");
        model.output(inputs, List.of("y"));
        model.output(inputs, List.of(), "y");
        model.outputSingle(inputs, "y");
        model.batchOutput().input("x", inputs.get("x")).output("y").exec();
        model.output(batches(), "y");
        model.output(new DataSet(input(IN), input(OUT)), "y");
        model.outputBatches(batches(), "y");
        model.output().data(batches()).output("y").exec();
        return 9;
    }

    @Override
    public void train() {
        model.fit(batches(), 1, batches(), 1);
        model.evaluate(batches(), "y", new RegressionEvaluation());
        model.calculateGradients(Map.of("x", input(IN), "labels", input(OUT)), "w");
    }

    @Override
    public void callLoaded(Path file) {
        model.save(file.toFile(), false);
        SameDiff.load(file.toFile(), false).output(Map.of("x", input(IN)), "y");
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("SameDiff-" + model.ops().length);
    }

    @Override
    public long rows() {
        return ROWS;
    }

    /** There is no close that a graph does not survive. */
    @Override
    public void callAfterClose() {
        close();
        call();
    }

    @Override
    public void close() {
        model.clearPlaceholders(true);
    }
}
