package io.inferwatt.agent.instrumentation.springai;

import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.prompt.ChatOptions;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.model.ModelOptions;

/** Which model options ask for. */
final class RequestedModel {

    private RequestedModel() {}

    /** Returns the name in the first options that have one; empty if none has. */
    static String either(@Nullable ModelOptions first, @Nullable ModelOptions second) {
        String name = of(first);
        String other = name == null || name.isBlank() ? of(second) : name;
        return other == null ? "" : other;
    }

    private static @Nullable String of(@Nullable ModelOptions options) {
        if (options instanceof ChatOptions chat) {
            return chat.getModel();
        }
        if (options instanceof EmbeddingOptions embedding) {
            return embedding.getModel();
        }
        return options instanceof ImageOptions images ? images.getModel() : null;
    }
}
