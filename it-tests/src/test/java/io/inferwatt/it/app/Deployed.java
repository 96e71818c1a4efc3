package io.inferwatt.it.app;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSSample;
import opennlp.tools.postag.POSTaggerFactory;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.TrainingParameters;

/** An application that tags parts of speech with OpenNLP, which it brings itself. */
public final class Deployed {

    /** How often the model is asked in one deployment. */
    public static final int CALLS = 3;

    private static final String[] WORDS = {"dogs", "bark", "loudly"};
    private static final String[] TAGS = {"NNS", "VBP", "RB"};
    private static final int SENTENCES = 20;

    private Deployed() {}

    /** Called by name. The model is trained once, then read from the file. */
    public static String run(String file) throws IOException {
        File model = new File(file);
        if (!model.exists()) {
            train().serialize(model);
        }
        POSTaggerME tagger = new POSTaggerME(new POSModel(model));
        String tags = "";
        for (int i = 0; i < CALLS; i++) {
            tags = String.join(" ", tagger.tag(WORDS));
        }
        return tags;
    }

    private static POSModel train() throws IOException {
        TrainingParameters parameters = TrainingParameters.defaultParams();
        parameters.put(TrainingParameters.CUTOFF_PARAM, "0");
        parameters.put(TrainingParameters.ITERATIONS_PARAM, "20");
        return POSTaggerME.train(
                "en",
                ObjectStreamUtils.createObjectStream(Collections.nCopies(SENTENCES, new POSSample(WORDS, TAGS))),
                parameters,
                new POSTaggerFactory());
    }
}
