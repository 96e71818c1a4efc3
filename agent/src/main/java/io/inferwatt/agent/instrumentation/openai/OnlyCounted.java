package io.inferwatt.agent.instrumentation.openai;

import com.openai.models.audio.AudioModel;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.speech.SpeechModel;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.translations.TranslationCreateParams;
import com.openai.models.moderations.ModerationCreateParams;
import com.openai.models.moderations.ModerationModel;
import io.inferwatt.agent.instrumentation.RemoteCall;
import org.jspecify.annotations.Nullable;

/** Sound and moderation: there is no method to estimate them, so their answers are not looked at. */
final class OnlyCounted implements Endpoint {

    static final Endpoint ENDPOINT = new OnlyCounted();

    private OnlyCounted() {}

    @Override
    @SuppressWarnings("deprecation") // applications may call translations as long as the library has them
    public Asked asked(Object params) {
        if (params instanceof SpeechCreateParams speech) {
            SpeechModel model = Json.known(speech._model());
            return Asked.forOther(model == null ? "" : model.asString(), "speech");
        }
        if (params instanceof TranscriptionCreateParams transcription) {
            return Asked.forOther(name(Json.known(transcription._model())), "transcription");
        }
        if (params instanceof TranslationCreateParams translation) {
            return Asked.forOther(name(Json.known(translation._model())), "translation");
        }
        ModerationModel model = Json.known(((ModerationCreateParams) params)._model());
        return Asked.forOther(model == null ? "" : model.asString(), "moderation");
    }

    private static String name(@Nullable AudioModel model) {
        return model == null ? "" : model.asString();
    }

    @Override
    public void tell(RemoteCall call, Object answer) {
        // What it says is not needed.
    }
}
