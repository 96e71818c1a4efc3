package io.inferwatt.agent.instrumentation.opennlp;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.ModelNames;
import io.inferwatt.agent.instrumentation.NoInference;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.ModelKey;
import java.net.URL;
import opennlp.tools.langdetect.LanguageDetectorModel;
import opennlp.tools.namefind.NameFinderME;
import opennlp.tools.namefind.TokenNameFinderModel;
import opennlp.tools.postag.POSModel;
import opennlp.tools.util.model.BaseModel;
import org.jspecify.annotations.Nullable;

/** What the advice on OpenNLP does: names models, begins and ends calls, leaves out evaluation. */
final class OpenNlpCalls {

    private static final String LIBRARY = "opennlp";
    private static final LibraryCalls CALLS = LibraryCalls.of(LIBRARY);
    private static final String CPU = "cpu";

    private static final String DETECTOR = "langdetect";
    private static final String FINDER = "namefinder";
    private static final String TAGGER = "pos";

    /** What ISO 639 has for undetermined, as in models that are of no one language. */
    private static final String ANY_LANGUAGE = "und";

    private static final WeakIdentityMap<BaseModel, String> FILES = new WeakIdentityMap<>();
    private static final WeakIdentityMap<BaseModel, Integer> KEYS = new WeakIdentityMap<>();
    private static final WeakIdentityMap<NameFinderME, Integer> FINDERS = new WeakIdentityMap<>();

    private OpenNlpCalls() {}

    static @Nullable Object detect(LanguageDetectorModel model) {
        return start(model, DETECTOR);
    }

    static @Nullable Object tag(POSModel model) {
        return start(model, TAGGER);
    }

    private static @Nullable Object start(BaseModel model, String tool) {
        return NoInference.isOn() ? null : CALLS.start(key(model, tool), 1);
    }

    static @Nullable Object find(NameFinderME finder) {
        if (NoInference.isOn()) {
            return null;
        }
        Integer key = FINDERS.get(finder);
        if (key == null) {
            key = number(FINDER);
            FINDERS.put(finder, key);
        }
        return CALLS.start(key, 1);
    }

    static void created(NameFinderME finder, TokenNameFinderModel model) {
        FINDERS.put(finder, key(model, FINDER));
    }

    /** @param source a file, a path or a URL */
    static void loaded(BaseModel model, Object source) {
        FILES.put(
                model,
                source instanceof URL url ? ModelNames.ofUrl(url.toString()) : ModelNames.ofFile(source.toString()));
    }

    private static Integer key(BaseModel model, String tool) {
        Integer key = KEYS.get(model);
        if (key == null) {
            String file = FILES.get(model);
            key = number(file == null ? nameOfStream(model, tool) : file);
            KEYS.put(model, key);
        }
        return key;
    }

    private static String nameOfStream(BaseModel model, String tool) {
        String language = model.getLanguage();
        return language == null || language.isBlank() || language.equals(ANY_LANGUAGE) ? tool : tool + "-" + language;
    }

    private static Integer number(String model) {
        return CALLS.key(model, ModelKey.INFERENCE, LIBRARY, CPU);
    }

    static void finish(@Nullable Object call, @Nullable Throwable error) {
        CALLS.finish(call, error);
    }
}
