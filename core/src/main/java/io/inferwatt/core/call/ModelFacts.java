package io.inferwatt.core.call;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a model beside its name; null where not known.
 *
 * @param runtime the engine that computes it, for instance {@code onnxruntime}
 * @param device where it computes, for instance {@code cpu} or {@code cuda}
 */
public record ModelFacts(@Nullable String runtime, @Nullable String device) {

    public static final ModelFacts NONE = new ModelFacts(null, null);

    /** Returns these facts, with what they lack taken from {@code other}. */
    public ModelFacts orElse(ModelFacts other) {
        return new ModelFacts(runtime != null ? runtime : other.runtime, device != null ? device : other.device);
    }

    boolean complete() {
        return runtime != null && device != null;
    }
}
