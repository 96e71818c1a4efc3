package io.inferwatt.agent.instrumentation.llamacpp;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaIterator;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.ModelParameters;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.testmodels.TinyGguf;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated model on one thread that answers a short prompt. */
public final class LlamaCppScenario implements LlamaCppUse {

    private static final int CONTEXT_TOKENS = 128;
    private static final String PROMPT = "once upon a time";
    private static final String TOO_LONG = PROMPT.repeat(CONTEXT_TOKENS);

    private final LlamaModel model;

    public LlamaCppScenario() throws IOException {
        Path folder = Files.createTempDirectory("llama");
        // A JVM loads the same file for one class loader only.
        System.setProperty("de.kherud.llama.tmpdir", folder.toString());
        Path file = TinyGguf.SMALLEST.writeTo(folder.resolve("noise-0.3m.gguf"));
        model = new LlamaModel(parameters(file));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path used : files) {
                Files.delete(used);
            }
        }
        Files.delete(folder);
    }

    private static ModelParameters parameters(Path file) {
        return new ModelParameters()
                .setModel(file.toString())
                .setThreads(1)
                .setCtxSize(CONTEXT_TOKENS)
                .disableContextShift();
    }

    private static InferenceParameters ask(String prompt, int tokens) {
        return new InferenceParameters(prompt)
                .setNPredict(tokens)
                .setIgnoreEos(true)
                .setCachePrompt(false);
    }

    @Override
    public void call() {
        complete(4);
    }

    @Override
    public void complete(int tokens) {
        model.complete(ask(PROMPT, tokens));
    }

    @Override
    public void failingCall() {
        model.complete(ask(TOO_LONG, 4));
    }

    @Override
    public void callWithNull() {
        model.complete(null);
    }

    @Override
    public Stream stream(int tokens) {
        return new Answer(model.generate(ask(PROMPT, tokens)).iterator());
    }

    @Override
    public Stream streamThatFails() {
        return new Answer(model.generate(ask(TOO_LONG, 4)).iterator());
    }

    @Override
    public void rerank(String... documents) {
        model.rerank(true, PROMPT, documents);
    }

    @Override
    public void openNothing() {
        new LlamaModel(parameters(Path.of("no-such-file.gguf"))).close();
    }

    @Override
    public ModelKey key() {
        return ModelKey.of("noise-0.3m");
    }

    @Override
    public long rows() {
        return 1;
    }

    /** The library then waits for ever for an engine that is gone: closing has to do. */
    @Override
    public void callAfterClose() {
        close();
    }

    @Override
    public void close() {
        model.close();
    }

    private record Answer(LlamaIterator iterator) implements Stream {

        @Override
        public String next() {
            return iterator.hasNext() ? iterator.next().text : null;
        }

        @Override
        public void cancel() {
            iterator.cancel();
        }

        @Override
        public void nextAfterEnd() {
            iterator.next();
        }
    }
}
