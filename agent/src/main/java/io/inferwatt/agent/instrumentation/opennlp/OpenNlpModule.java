package io.inferwatt.agent.instrumentation.opennlp;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.List;

/** Where inference passes in OpenNLP. Run with 2.5.11; tests check 1.9.4 as well. */
public final class OpenNlpModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.opennlp.";
    private static final String TOOLS = "opennlp.tools.";
    private static final String DETECTOR = TOOLS + "langdetect.LanguageDetectorME";
    private static final String FINDER = TOOLS + "namefind.NameFinderME";
    private static final String TAGGER = TOOLS + "postag.POSTaggerME";
    private static final String MODEL = TOOLS + "util.model.BaseModel";

    @Override
    public String library() {
        return "opennlp";
    }

    @Override
    public List<Hook> hooks() {
        return List.of(
                Hook.on(
                        DETECTOR,
                        "predictLanguages",
                        "(Ljava/lang/CharSequence;)[Lopennlp/tools/langdetect/Language;",
                        FOLDER + "LanguageDetectorAdvice"),
                Hook.onAll(DETECTOR, "probingPredictLanguages", FOLDER + "LanguageDetectorAdvice"),
                Hook.on(
                        FINDER,
                        "find",
                        "([Ljava/lang/String;[[Ljava/lang/String;)[Lopennlp/tools/util/Span;",
                        FOLDER + "NameFinderAdvice"),
                Hook.on(
                        FINDER,
                        Hook.CONSTRUCTOR,
                        "(Lopennlp/tools/namefind/TokenNameFinderModel;)V",
                        FOLDER + "NameFinderCreateAdvice"),
                Hook.onAll(TAGGER, "tag", FOLDER + "PosTaggerAdvice"),
                Hook.onAll(TAGGER, "topKSequences", FOLDER + "PosTaggerAdvice"),
                // What evaluates a whole stream comes by here for each sample.
                Hook.onAll(TOOLS + "util.eval.Evaluator", "evaluateSample", FOLDER + "EvaluationAdvice"),
                Hook.on(MODEL, Hook.CONSTRUCTOR, loadedFrom("java/io/File"), FOLDER + "ModelFileAdvice"),
                Hook.on(MODEL, Hook.CONSTRUCTOR, loadedFrom("java/net/URL"), FOLDER + "ModelFileAdvice"),
                // Since 2.1; not in 2.0.0.
                Hook.onOptional(MODEL, Hook.CONSTRUCTOR, loadedFrom("java/nio/file/Path"), FOLDER + "ModelFileAdvice"));
    }

    private static String loadedFrom(String type) {
        return "(Ljava/lang/String;L" + type + ";)V";
    }

    @Override
    public List<Member> requires() {
        return List.of(
                new Member(DETECTOR, "model", "Lopennlp/tools/langdetect/LanguageDetectorModel;"),
                new Member(TAGGER, "modelPackage", "Lopennlp/tools/postag/POSModel;"),
                new Member(TAGGER, "tag", "([Ljava/lang/String;[Ljava/lang/Object;)[Ljava/lang/String;"),
                new Member(MODEL, "getLanguage", "()Ljava/lang/String;"));
    }
}
