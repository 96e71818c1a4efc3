package ai.djl.inference;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.streaming.StreamingTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import java.util.List;

/** A predictor that overrides what is metered, as those of DJL's extensions do; here, where only their like is looked for. */
public final class InheritingPredictor<I, O> extends Predictor<I, O> {

    public InheritingPredictor(Model model, Translator<I, O> translator, Device device) {
        super(model, translator, device, false);
    }

    @Override
    public List<O> batchPredict(List<I> inputs) throws TranslateException {
        return super.batchPredict(inputs);
    }

    @Override
    public StreamingTranslator.StreamOutput<O> streamingPredict(I input) throws TranslateException {
        return super.streamingPredict(input);
    }
}
