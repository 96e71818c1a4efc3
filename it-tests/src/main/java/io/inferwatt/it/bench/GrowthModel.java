package io.inferwatt.it.bench;

import java.util.concurrent.CompletableFuture;

/** Model calls that compute next to nothing, so that what is around them shows. The agent is told of both by {@code methods}. */
final class GrowthModel {

    private static final int FACTOR = 31;

    private GrowthModel() {}

    static int score(String model, int value) {
        return value * FACTOR + model.length();
    }

    /** Returns a future that completes when somebody completes it: until then the call is in flight. */
    static CompletableFuture<String> later(String model) {
        return new CompletableFuture<>();
    }
}
