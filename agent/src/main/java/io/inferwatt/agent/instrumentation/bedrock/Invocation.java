package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.input.Bounded;

/**
 * What a request of {@code InvokeModel} asks for, as far as the name of its model and numbers in its body tell: the body is the
 * model's own JSON, of which nothing but numbers and sizes of lists is read.
 *
 * @param units inputs of an embedding, images asked for, else 1
 * @param imageSize such as {@code 1024x1024}, empty if not told
 */
record Invocation(String operation, Work work, long units, String imageSize) {

    /** OpenTelemetry's operation for what is neither text alone nor vectors. */
    static final String OTHER = "generate_content";

    /** Where models of Amazon, Cohere and TwelveLabs are told several inputs. */
    private static final String[] LISTS_OF_INPUTS = {"texts", "images", "inputs"};

    /** Where Stability's models are told of several images. */
    private static final String STABILITY_COUNT = "samples";

    private static final String AMAZON_IMAGE = "imageGenerationConfig";

    private static final Invocation CHAT = new Invocation(RemoteCalls.CHAT, Work.TEXT, 1, "");
    private static final Invocation COMPLETION = new Invocation(RemoteCalls.TEXT_COMPLETION, Work.TEXT, 1, "");
    private static final Invocation RERANKING = new Invocation("rerank", Work.OTHER, 1, "");
    private static final Invocation FILM = new Invocation(OTHER, Work.OTHER, 1, "");

    private static final int LONGEST_NAME = 300;

    /**
     * Returns what is asked of a model.
     *
     * @param model its identifier, an ARN, or the name of an inference profile
     * @param body JSON as it is sent
     */
    static Invocation of(String model, byte[] body) {
        String name = Bounded.lowerCase(model, LONGEST_NAME);
        if (name.contains("embed")) {
            return new Invocation(RemoteCalls.EMBEDDINGS, Work.EMBEDDING, inputs(body), "");
        }
        if (name.contains("titan-image") || name.contains("nova-canvas")) {
            return images(
                    JsonNumbers.number(body, AMAZON_IMAGE, "numberOfImages"),
                    JsonNumbers.number(body, AMAZON_IMAGE, "width"),
                    JsonNumbers.number(body, AMAZON_IMAGE, "height"));
        }
        if (name.contains("stability.")) {
            return images(
                    JsonNumbers.number(body, STABILITY_COUNT),
                    JsonNumbers.number(body, "width"),
                    JsonNumbers.number(body, "height"));
        }
        if (name.contains("rerank")) {
            return RERANKING;
        }
        if (name.contains("nova-reel") || name.contains("luma.ray")) {
            return FILM;
        }
        return name.contains("amazon.titan-text") ? COMPLETION : CHAT;
    }

    private static long inputs(byte[] body) {
        long inputs = 0;
        for (String list : LISTS_OF_INPUTS) {
            inputs += Math.max(0, JsonNumbers.elements(body, list));
        }
        return Math.max(1, inputs);
    }

    private static Invocation images(long count, long width, long height) {
        String size = width > 0 && height > 0 ? width + "x" + height : "";
        return new Invocation(RemoteCalls.IMAGE_GENERATION, Work.IMAGE, Math.max(1, count), size);
    }
}
