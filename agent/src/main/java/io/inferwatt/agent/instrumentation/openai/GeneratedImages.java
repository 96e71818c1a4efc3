package io.inferwatt.agent.instrumentation.openai;

import com.openai.models.images.ImageGenCompletedEvent;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImageModel;
import com.openai.models.images.ImagesResponse;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import org.jspecify.annotations.Nullable;

/** {@code /images/generations}. Only some models tell tokens. */
final class GeneratedImages implements Endpoint {

    static final Endpoint ENDPOINT = new GeneratedImages();

    private GeneratedImages() {}

    @Override
    public Asked asked(Object params) {
        ImageGenerateParams image = (ImageGenerateParams) params;
        ImageGenerateParams.Size size = Json.known(image._size());
        return asked(
                Json.known(image._model()), Json.known(image._n()), Json.size(size == null ? null : size.asString()));
    }

    static Asked asked(@Nullable ImageModel model, @Nullable Long images, String size) {
        return new Asked(
                model == null ? "" : model.asString(),
                RemoteCalls.IMAGE_GENERATION,
                Work.IMAGE,
                Json.count(images),
                size);
    }

    @Override
    public void tell(RemoteCall call, Object answer) {
        if (answer instanceof ImagesResponse whole) {
            tell(call, whole);
        } else if (answer instanceof ImageGenStreamEvent event) {
            ImageGenCompletedEvent completed = event.generationCompleted().orElse(null);
            ImageGenCompletedEvent.Usage usage = completed == null ? null : Json.known(completed._usage());
            if (usage != null) {
                tell(call, Json.tokens(usage._inputTokens()), Json.tokens(usage._outputTokens()));
            }
        }
    }

    static void tell(RemoteCall call, ImagesResponse answer) {
        ImagesResponse.Usage usage = Json.known(answer._usage());
        if (usage != null) {
            tell(call, Json.tokens(usage._inputTokens()), Json.tokens(usage._outputTokens()));
        }
    }

    static void tell(RemoteCall call, long input, long output) {
        call.tokens(input, TokenUsage.UNKNOWN, output, TokenUsage.UNKNOWN);
    }
}
