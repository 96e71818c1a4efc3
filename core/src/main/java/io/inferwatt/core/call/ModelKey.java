package io.inferwatt.core.call;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a call's energy is booked under.
 *
 * @param model name of the model as the application knows it: a file stem, a directory, a requested model id
 * @param operation what is done with it, {@value #INFERENCE} where nothing better is known
 * @param tenant on whose behalf, or null
 */
public record ModelKey(
        String model, String operation, @Nullable String tenant) {

    public static final String INFERENCE = "inference";

    /** Where calls are booked whose own key no longer fits. */
    public static final ModelKey OTHER = new ModelKey("other", "other", null);

    // Written out: what the compiler makes for a record costs 20 ms of processor time at the first use.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelKey key
                && model.equals(key.model)
                && operation.equals(key.operation)
                && Objects.equals(tenant, key.tenant);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * model.hashCode() + operation.hashCode()) + Objects.hashCode(tenant);
    }

    public ModelKey(String model, String operation) {
        this(model, operation, null);
    }

    public static ModelKey of(String model) {
        return new ModelKey(model, INFERENCE, null);
    }
}
