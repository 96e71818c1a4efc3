package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.inferwatt.RemoteEmbeddingModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.onnx.AbstractInProcessEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.OnnxBertBiEncoder;
import dev.langchain4j.model.embedding.onnx.OnnxEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.PoolingMode;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.output.Response;
import io.inferwatt.core.call.ModelKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The quantised all-MiniLM-L6-v2, asked for three segments at once on the threads of its pool. */
public final class LangChain4jScenario implements EmbeddingApplication {

    private static final List<TextSegment> SEGMENTS = segments();

    private final EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();

    private static List<TextSegment> segments() {
        List<TextSegment> segments = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            segments.add(TextSegment.from("segment number " + i));
        }
        return segments;
    }

    @Override
    public void call() {
        model.embedAll(SEGMENTS.subList(0, 3));
    }

    @Override
    public void failingCall() {
        model.embedAll(List.of());
    }

    @Override
    public void callWithNull() {
        model.embedAll(null);
    }

    @Override
    public ModelKey key() {
        return new ModelKey("all-minilm-l6-v2-q", "embeddings");
    }

    @Override
    public long rows() {
        return 3;
    }

    @Override
    public void callAfterClose() {
        call(); // there is nothing to close
    }

    @Override
    public void close() {}

    @Override
    public void embedByEachMethod() {
        model.embed("text");
        model.embed(TextSegment.from("segment"));
        model.embed(EmbeddingRequest.builder().input("input").build());
        model.embedAll(SEGMENTS.subList(0, 1));
    }

    @Override
    public int embedAll(int segments, Executor pool) {
        Response<List<Embedding>> response =
                new AllMiniLmL6V2QuantizedEmbeddingModel(pool).embedAll(SEGMENTS.subList(0, segments));
        return response.tokenUsage().inputTokenCount();
    }

    @Override
    public void embedAllButTheFirst(int segments, Executor pool) {
        List<TextSegment> withNull = new ArrayList<>(SEGMENTS.subList(0, segments));
        withNull.set(0, null);
        new AllMiniLmL6V2QuantizedEmbeddingModel(pool).embedAll(withNull);
    }

    @Override
    public void embedAllWithModelOf(Path file, Path tokenizer) {
        new OnnxEmbeddingModel(file, tokenizer, PoolingMode.MEAN).embedAll(SEGMENTS.subList(0, 2));
    }

    @Override
    public void embedAllWithOwnModel(Path file, Path tokenizer) {
        new AcmeEmbeddingModel(file, tokenizer).embedAll(SEGMENTS.subList(0, 2));
    }

    @Override
    public void embedAllThroughListener() {
        model.addListener(new EmbeddingModelListener() {}).embedAll(SEGMENTS.subList(0, 2));
    }

    @Override
    public void embedThroughDecorator() {
        EmbeddingModel decorator = new Decorator(model);
        decorator.embed("text");
    }

    @Override
    public void embedAllRemotely() {
        EmbeddingModel remote = new RemoteEmbeddingModel();
        remote.embedAll(SEGMENTS.subList(0, 2));
        remote.embed(
                EmbeddingRequest.builder().textSegments(SEGMENTS.subList(0, 2)).build());
    }

    private static final class AcmeEmbeddingModel extends AbstractInProcessEmbeddingModel {

        private final OnnxBertBiEncoder encoder;

        AcmeEmbeddingModel(Path model, Path tokenizer) {
            super(null);
            encoder = new OnnxBertBiEncoder(model, tokenizer, PoolingMode.MEAN);
        }

        @Override
        protected OnnxBertBiEncoder model() {
            return encoder;
        }
    }

    private record Decorator(EmbeddingModel decorated) implements EmbeddingModel {

        @Override
        public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
            return decorated.embedAll(segments);
        }
    }
}
