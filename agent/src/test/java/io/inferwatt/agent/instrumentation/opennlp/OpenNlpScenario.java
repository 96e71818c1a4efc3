package io.inferwatt.agent.instrumentation.opennlp;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.call.ModelKey;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import opennlp.tools.langdetect.Language;
import opennlp.tools.langdetect.LanguageDetectorEvaluator;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.langdetect.LanguageSample;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.NameSample;
import opennlp.tools.namefind.TokenNameFinderEvaluator;
import opennlp.tools.namefind.TokenNameFinderFactory;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.postag.POSEvaluator;
import opennlp.tools.postag.POSModel;
import opennlp.tools.postag.POSSample;
import opennlp.tools.postag.POSTaggerFactory;
import opennlp.tools.postag.POSTaggerME;
import opennlp.tools.util.ObjectStreamUtils;
import opennlp.tools.util.Span;
import opennlp.tools.util.TrainingParameters;
import opennlp.tools.util.model.BaseModel;

/** A finder of names, trained on a few sentences and loaded from a file. */
public final class OpenNlpScenario implements LibraryScenario {

    private static final String[] SENTENCE = {"Mary", "called", "John", "."};
    private static final int SENTENCES = 20;

    private final TokenNameFinderModel trained = trainFinder();
    private final NameFinderME finder;

    public OpenNlpScenario() throws IOException {
        Path file = written(trained, "people.bin");
        finder = new NameFinderME(new TokenNameFinderModel(file.toFile()));
        delete(file);
    }

    private static Path written(BaseModel model, String name) throws IOException {
        Path file = Files.createTempDirectory("opennlp").resolve(name);
        model.serialize(file.toFile());
        return file;
    }

    private static void delete(Path file) throws IOException {
        Files.delete(file);
        Files.delete(file.getParent());
    }

    private static NameSample named() {
        Span[] names = {new Span(0, 1, "person"), new Span(2, 3, "person")};
        return new NameSample(SENTENCE, names, false);
    }

    private static POSSample tagged() {
        return new POSSample(SENTENCE, new String[] {"PROPN", "VERB", "PROPN", "PUNCT"});
    }

    private static TokenNameFinderModel trainFinder() throws IOException {
        List<NameSample> samples = Collections.nCopies(SENTENCES, named());
        return NameFinderME.train(
                "en",
                "person",
                ObjectStreamUtils.createObjectStream(samples),
                parameters(),
                new TokenNameFinderFactory());
    }

    private static POSModel trainTagger() throws IOException {
        List<POSSample> samples = Collections.nCopies(SENTENCES, tagged());
        return POSTaggerME.train(
                "en", ObjectStreamUtils.createObjectStream(samples), parameters(), new POSTaggerFactory());
    }

    private static TrainingParameters parameters() {
        TrainingParameters parameters = TrainingParameters.defaultParams();
        parameters.put(TrainingParameters.ITERATIONS_PARAM, 5);
        parameters.put(TrainingParameters.CUTOFF_PARAM, 0);
        return parameters;
    }

    @Override
    public void call() {
        finder.find(SENTENCE);
    }

    public void callFinderOfAStream() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        trained.serialize(bytes);
        TokenNameFinderModel model = new TokenNameFinderModel(new ByteArrayInputStream(bytes.toByteArray()));
        new NameFinderME(model).find(SENTENCE, new String[][] {{"a"}, {"b"}, {"c"}, {"d"}});
    }

    /** Calls each public method that tags, once. */
    public void callTagger() throws IOException {
        Path file = written(trainTagger(), "tags.bin");
        POSTaggerME tagger = new POSTaggerME(new POSModel(file));
        delete(file);
        tagger.tag(SENTENCE);
        tagger.tag(SENTENCE, new Object[0]);
        tagger.tag(2, SENTENCE);
        tagger.topKSequences(SENTENCE);
        tagger.topKSequences(SENTENCE, new Object[0]);
    }

    /** Calls each public method that detects a language, once, of a real model. */
    public void callDetector() throws IOException {
        LanguageDetectorME detector = detector();
        detector.predictLanguage("Wer reitet so spät durch Nacht und Wind?");
        detector.predictLanguages("Es ist der Vater mit seinem Kind.");
        detector.probingPredictLanguages("Er hat den Knaben wohl in dem Arm.");
    }

    private static LanguageDetectorME detector() throws IOException {
        try (InputStream model = OpenNlpScenario.class.getResourceAsStream("/langdetect-183.bin")) {
            return new LanguageDetectorME(new LanguageDetectorModel(model));
        }
    }

    /** Compares the answers of each tool with the right ones. */
    public void evaluate() throws IOException {
        new TokenNameFinderEvaluator(finder).evaluate(ObjectStreamUtils.createObjectStream(named()));
        new POSEvaluator(new POSTaggerME(trainTagger())).evaluate(ObjectStreamUtils.createObjectStream(tagged()));
        new LanguageDetectorEvaluator(detector())
                .evaluate(ObjectStreamUtils.createObjectStream(
                        new LanguageSample(new Language("deu"), "Er hat den Knaben wohl in dem Arm.")));
    }

    @Override
    public void failingCall() {
        finder.find(new String[] {null});
    }

    @Override
    public void callWithNull() {
        finder.find(null);
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("people");
    }

    @Override
    public long rows() {
        return 1;
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
