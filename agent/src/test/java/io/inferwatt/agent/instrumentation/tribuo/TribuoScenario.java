package io.inferwatt.agent.instrumentation.tribuo;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.call.ModelKey;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.ensemble.AdaBoostTrainer;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.classification.evaluation.LabelEvaluator;
import org.tribuo.ensemble.WeightedEnsembleModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A decision tree, trained on generated examples, asked for two at once. */
public final class TribuoScenario implements LibraryScenario {

    private static final int TRAINED_ON = 40;

    private final MutableDataset<Label> data;
    private final Model<Label> model;

    public TribuoScenario() {
        LabelFactory labels = new LabelFactory();
        data = new MutableDataset<>(new SimpleDataSourceProvenance("generated", labels), labels);
        for (int i = 0; i < TRAINED_ON; i++) {
            data.add(example(i));
        }
        model = train();
        model.setName("petals");
    }

    private Model<Label> train() {
        return new CARTClassificationTrainer(3).train(data);
    }

    private static Example<Label> example(int i) {
        String label = i % 2 == 0 ? "short" : "long";
        return new ArrayExample<>(new Label(label), new String[] {"length", "width"}, new double[] {i % 2, i});
    }

    @Override
    public void call() {
        model.predict(List.of(example(1), example(2)));
    }

    /** Calls with one example, with a data set, and with what can be read only once. */
    public void callAllOverloads() {
        model.predict(example(1));
        model.predict(data);
        model.predict(data.getData()::iterator);
    }

    /** Calls a model whose members are models. */
    public void callEnsemble() {
        WeightedEnsembleModel<Label> ensemble = WeightedEnsembleModel.createEnsembleFromExistingModels(
                "forest", List.of(model, train()), new VotingCombiner());
        ensemble.predict(List.of(example(1), example(2)));
    }

    public void evaluate() {
        new LabelEvaluator().evaluate(model, data);
    }

    /** Trains an ensemble whose next member learns from what the last one predicts. */
    public void trainByPredicting() {
        new AdaBoostTrainer(new CARTClassificationTrainer(1), 3).train(data);
    }

    public void callUnnamed() {
        Model<Label> unnamed = train();
        unnamed.setName("");
        unnamed.predict(example(1));
    }

    @Override
    public void failingCall() {
        model.predict(new ArrayExample<>(new Label("short"), new String[] {"never seen"}, new double[] {1}));
    }

    @Override
    public void callWithNull() {
        model.predict((Example<Label>) null);
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("petals");
    }

    @Override
    public long rows() {
        return 2;
    }

    /** There is nothing to release. */
    @Override
    public void callAfterClose() {
        close();
        call();
    }

    @Override
    public void close() {}
}
