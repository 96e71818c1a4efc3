package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.core.call.ModelKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.BackpropType;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A network of two layers and 26 parameters, asked for three rows at once. */
public final class DeepLearning4jScenario implements DeepLearning4jUse {

    private static final int ROWS = 3;
    private static final int IN = 3;
    private static final int HIDDEN = 4;
    private static final int OUT = 2;
    private static final int STEPS = 6;
    private static final int LARGE = 768;

    private final MultiLayerNetwork network = layers(IN, HIDDEN, OUT);

    private static MultiLayerNetwork layers(int in, int hidden, int out) {
        MultiLayerNetwork layers = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder()
                        .nIn(in)
                        .nOut(hidden)
                        .activation(Activation.TANH)
                        .build())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(hidden)
                        .nOut(out)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        layers.init();
        return layers;
    }

    private static MultiLayerNetwork withSameDiffLayer() {
        MultiLayerNetwork layers = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new DenseLayer.Builder().nIn(IN).nOut(HIDDEN).build())
                .layer(new Doubled())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(HIDDEN)
                        .nOut(OUT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .build());
        layers.init();
        return layers;
    }

    private static ComputationGraph graph() {
        ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder()
                .graphBuilder()
                .addInputs("x")
                .addLayer(
                        "y",
                        new OutputLayer.Builder(LossFunction.MSE)
                                .nIn(IN)
                                .nOut(OUT)
                                .activation(Activation.IDENTITY)
                                .build(),
                        "x")
                .setOutputs("y")
                .build());
        graph.init();
        return graph;
    }

    private static MultiLayerNetwork recurrent() {
        MultiLayerNetwork recurrent = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list()
                .layer(new LSTM.Builder().nIn(IN).nOut(HIDDEN).build())
                .layer(new RnnOutputLayer.Builder(LossFunction.MCXENT)
                        .nIn(HIDDEN)
                        .nOut(OUT)
                        .activation(Activation.SOFTMAX)
                        .build())
                .backpropType(BackpropType.TruncatedBPTT)
                .tBPTTLength(2)
                .build());
        recurrent.init();
        return recurrent;
    }

    private static INDArray input() {
        return Nd4j.rand(ROWS, IN);
    }

    private static INDArray labels() {
        return Nd4j.zeros(ROWS, OUT).putScalar(0, 0, 1).putScalar(1, 1, 1).putScalar(2, 0, 1);
    }

    private static DataSetIterator batches(INDArray input, INDArray labels) {
        return new ViewIterator(new DataSet(input, labels), ROWS);
    }

    @Override
    public void call() {
        network.output(input());
    }

    @Override
    public void failingCall() {
        network.output(Nd4j.ones(ROWS, IN + 1));
    }

    @Override
    public void callWithNull() {
        network.output((INDArray) null);
    }

    @Override
    public int callEachWay() {
        INDArray x = input();
        network.output(x);
        network.output(x, false);
        network.output(x, Layer.TrainingMode.TEST);
        network.output(x, false, null, null);
        network.output(x, false, null);
        network.output(x, false, null, null, null);
        network.<Object>output(x, null, null, outputs -> outputs);
        network.output(batches(x, labels()));
        network.output(batches(x, labels()), false);
        network.predict(x);
        return 10;
    }

    @Override
    public int callGraphEachWay() {
        ComputationGraph graph = graph();
        INDArray x = input();
        INDArray[] all = {x};
        graph.output(x);
        graph.output(false, x);
        graph.output(false, (MemoryWorkspace) null, x);
        graph.output(false, all, null);
        graph.output(false, all, null, null);
        graph.output(false, all, null, null, null);
        graph.output(false, true, x);
        graph.output(List.of("y"), false, all, null);
        graph.<Object>output(all, null, null, outputs -> outputs);
        graph.output(batches(x, labels()));
        graph.outputSingle(x);
        graph.outputSingle(false, x);
        graph.outputSingle(false, true, x);
        graph.outputSingle(batches(x, labels()));
        return 14;
    }

    @Override
    public void callRecurrent() {
        MultiLayerNetwork recurrent = recurrent();
        INDArray step = input();
        recurrent.rnnTimeStep(step);
        recurrent.toComputationGraph().rnnTimeStep(step);
    }

    @Override
    public void train() {
        DataSet rows = new DataSet(input(), labels());
        network.fit(rows);
        network.score(rows);
        network.scoreExamples(rows, false);
        network.f1Score(rows.getFeatures(), rows.getLabels());
        network.evaluate(batches(rows.getFeatures(), rows.getLabels()));

        ComputationGraph graph = graph();
        graph.fit(rows);
        graph.score(rows);

        INDArray sequences = Nd4j.rand(ROWS, IN, STEPS);
        INDArray answers = Nd4j.ones(ROWS, OUT, STEPS);
        MultiLayerNetwork recurrent = recurrent();
        recurrent.fit(sequences, answers);
        recurrent.doEvaluation(batches(sequences, answers), new Evaluation());
        recurrent.toComputationGraph().doEvaluation(batches(sequences, answers), new Evaluation());
    }

    @Override
    public void trainWithSameDiffLayer() {
        DataSet rows = new DataSet(input(), labels());
        MultiLayerNetwork layers = withSameDiffLayer();
        layers.fit(rows);
        layers.score(rows);
        layers.scoreExamples(rows, false);
        layers.computeGradientAndScore();
        layers.f1Score(rows.getFeatures(), rows.getLabels());
        layers.evaluate(batches(rows.getFeatures(), rows.getLabels()));

        ComputationGraph graph = layers.toComputationGraph();
        graph.fit(rows);
        graph.score(rows);
        graph.scoreExamples(rows, false);
        graph.computeGradientAndScore();
        graph.evaluate(batches(rows.getFeatures(), rows.getLabels()));
    }

    @Override
    public void callWithSameDiffLayer() {
        MultiLayerNetwork layers = withSameDiffLayer();
        layers.output(input());
        layers.toComputationGraph().outputSingle(input());
    }

    @Override
    public void callRestored(Path layers, Path graph) throws IOException {
        ModelSerializer.writeModel(network, layers.toFile(), false);
        ModelSerializer.restoreMultiLayerNetwork(layers.toFile()).output(input());
        MultiLayerNetwork.load(layers.toFile(), false).output(input());
        ModelSerializer.restoreMultiLayerNetworkAndNormalizer(layers.toFile(), false)
                .getFirst()
                .output(input());
        ModelSerializer.writeModel(graph(), graph.toFile(), false);
        ModelSerializer.restoreComputationGraph(graph.toString()).output(input());
        ModelSerializer.restoreComputationGraphAndNormalizer(graph.toFile(), false)
                .getFirst()
                .output(input());
    }

    @Override
    public void callLarge() {
        layers(LARGE, LARGE, LARGE).output(Nd4j.rand(LARGE, LARGE));
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("MultiLayerNetwork-26");
    }

    @Override
    public long rows() {
        return ROWS;
    }

    /** There is no close that a network does not survive. */
    @Override
    public void callAfterClose() {
        close();
        call();
    }

    @Override
    public void close() {
        network.clear();
    }

    /** A layer that SameDiff computes. */
    private static final class Doubled extends SameDiffLambdaLayer {

        private static final long serialVersionUID = 1;

        @Override
        public SDVariable defineLayer(SameDiff graph, SDVariable input) {
            return input.mul(2);
        }

        @Override
        public InputType getOutputType(int layer, InputType input) {
            return input;
        }
    }
}
