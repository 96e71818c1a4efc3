package io.inferwatt.it.demo;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import io.inferwatt.core.testmodels.TinyGguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A language model on llama.cpp. Its architecture is that of Llama, its weights are random: it computes what a trained model
 * of its size does, and what it writes means nothing. So it is not shown.
 */
final class GeneratingModel implements ServedModel {

    private static final TinyGguf SHAPE = TinyGguf.LARGER;
    private static final String NAME = "generated-15m";

    private static final int ANSWER_TOKENS = 24;
    private static final int CONTEXT_TOKENS = 512;

    /** A vocabulary without words takes a text byte by byte. */
    private static final int LONGEST_QUESTION = 160;

    private final ModelCard card;
    private final LlamaModel model;

    private GeneratingModel(ModelCard card, LlamaModel model) {
        this.card = card;
        this.model = model;
    }

    static String name(int threads) {
        return NAME + "-" + threads + (threads == 1 ? "-thread" : "-threads");
    }

    /** Writes a model into the folder and loads it to compute with so many threads, which its name tells. */
    static GeneratingModel open(int threads, Path folder) throws IOException {
        String name = name(threads);
        Path file = SHAPE.writeTo(folder.resolve(name + ".gguf"));
        LlamaModel model = new LlamaModel(new ModelParameters()
                .setModel(file.toString())
                .setThreads(threads)
                .setThreadsBatch(threads)
                .setCtxSize(CONTEXT_TOKENS)
                .disableLog());
        return new GeneratingModel(new ModelCard(name, "generator", Files.size(file)), model);
    }

    @Override
    public ModelCard card() {
        return card;
    }

    @Override
    public String answer(String text) {
        String written =
                model.complete(new InferenceParameters(text.substring(0, Math.min(text.length(), LONGEST_QUESTION)))
                        .setNPredict(ANSWER_TOKENS)
                        .setIgnoreEos(true)
                        .setCachePrompt(false)
                        .setTemperature(0f));
        return "{\"characters\":" + written.length() + "}";
    }

    @Override
    public void close() {
        model.close();
    }
}
