package io.inferwatt.agent.instrumentation.openai;

import com.openai.models.images.ImageCreateVariationParams;
import com.openai.models.images.ImagesResponse;
import io.inferwatt.agent.instrumentation.RemoteCall;

/** {@code /images/variations}; applications may call it as long as the library has it. */
@SuppressWarnings("deprecation")
final class ImageVariations implements Endpoint {

    static final Endpoint ENDPOINT = new ImageVariations();

    private ImageVariations() {}

    @Override
    public Asked asked(Object params) {
        ImageCreateVariationParams image = (ImageCreateVariationParams) params;
        ImageCreateVariationParams.Size size = Json.known(image._size());
        return GeneratedImages.asked(
                Json.known(image._model()), Json.known(image._n()), Json.size(size == null ? null : size.asString()));
    }

    @Override
    public void tell(RemoteCall call, Object answer) {
        GeneratedImages.tell(call, (ImagesResponse) answer);
    }
}
