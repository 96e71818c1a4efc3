package io.inferwatt.agent.instrumentation.openai;

import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.core.call.RemoteTarget.Work;

/**
 * What a request asks for.
 *
 * @param model empty if it names none
 * @param operation one of the constants of {@link RemoteCalls}, or the name of what is only counted
 * @param units texts to embed, images to make, else 1
 * @param imageSize such as {@code 1024x1024}; empty if not told
 */
record Asked(String model, String operation, Work work, long units, String imageSize) {

    static Asked forText(String model, String operation) {
        return new Asked(model, operation, Work.TEXT, 1, "");
    }

    static Asked forOther(String model, String operation) {
        return new Asked(model, operation, Work.OTHER, 1, "");
    }
}
