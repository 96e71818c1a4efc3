package io.inferwatt.core.call;

import org.jspecify.annotations.Nullable;

/**
 * What a call's energy is booked under.
 *
 * @param model name of the model as the application knows it: a file stem, a directory, a requested model id
 * @param operation what is done with it, {@value #INFERENCE} where nothing better is known
 * @param remote whether the model is computed on another machine: a call then waits here for most of its time, and what it draws
 *     there is estimated
 */
public record ModelKey(String model, String operation, boolean remote) {

    public static final String INFERENCE = "inference";

    /** Where calls are booked whose own key no longer fits. */
    public static final ModelKey OTHER = new ModelKey("other", "other", false);

    // Written out: what the compiler makes for a record costs 20 ms of processor time at the first use.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ModelKey key
                && model.equals(key.model)
                && operation.equals(key.operation)
                && remote == key.remote;
    }

    @Override
    public int hashCode() {
        int named = 31 * model.hashCode() + operation.hashCode();
        return remote ? ~named : named;
    }

    public ModelKey(String model, String operation) {
        this(model, operation, false);
    }

    /** Returns the key of a model that is computed on another machine. */
    public static ModelKey remote(String model, String operation) {
        return new ModelKey(model, operation, true);
    }

    public static ModelKey of(String model) {
        return new ModelKey(model, INFERENCE);
    }
}
