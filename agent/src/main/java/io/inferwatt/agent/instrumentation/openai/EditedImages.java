package io.inferwatt.agent.instrumentation.openai;

import com.openai.models.images.ImageEditCompletedEvent;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageEditStreamEvent;
import com.openai.models.images.ImagesResponse;
import io.inferwatt.agent.instrumentation.RemoteCall;

/** {@code /images/edits}. */
final class EditedImages implements Endpoint {

    static final Endpoint ENDPOINT = new EditedImages();

    private EditedImages() {}

    @Override
    public Asked asked(Object params) {
        ImageEditParams image = (ImageEditParams) params;
        ImageEditParams.Size size = Json.known(image._size());
        return GeneratedImages.asked(
                Json.known(image._model()), Json.known(image._n()), Json.size(size == null ? null : size.asString()));
    }

    @Override
    public void tell(RemoteCall call, Object answer) {
        if (answer instanceof ImagesResponse whole) {
            GeneratedImages.tell(call, whole);
        } else if (answer instanceof ImageEditStreamEvent event) {
            ImageEditCompletedEvent completed = event.completed().orElse(null);
            ImageEditCompletedEvent.Usage usage = completed == null ? null : Json.known(completed._usage());
            if (usage != null) {
                GeneratedImages.tell(call, Json.tokens(usage._inputTokens()), Json.tokens(usage._outputTokens()));
            }
        }
    }
}
