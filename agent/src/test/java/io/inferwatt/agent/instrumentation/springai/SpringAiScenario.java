package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.core.call.ModelKey;
import java.util.List;
import java.util.Map;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.inferwatt.RemoteEmbeddingModel;
import org.springframework.ai.transformers.TransformersEmbeddingModel;

/** The quantised all-MiniLM-L6-v2 over ONNX Runtime, asked for three texts at once. */
public final class SpringAiScenario implements SpringAiApplication {

    private static final EmbeddingOptions NO_OPTIONS =
            EmbeddingOptions.builder().build();

    private final TransformersEmbeddingModel model = new TransformersEmbeddingModel();

    public SpringAiScenario() throws Exception {
        model.setDisableCaching(true);
        model.setModelResource("classpath:/all-minilm-l6-v2-q.onnx");
        model.setTokenizerResource("classpath:/all-minilm-l6-v2-q-tokenizer.json");
        model.setTokenizerOptions(Map.of("padding", "true"));
        model.afterPropertiesSet();
    }

    @Override
    public void call() {
        model.embed(List.of("one", "two words", "and three words"));
    }

    @Override
    public void failingCall() {
        model.call(new EmbeddingRequest(List.of(), NO_OPTIONS));
    }

    @Override
    public void callWithNull() {
        model.call(null);
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
    public void callAfterClose() throws Exception {
        close();
        call();
    }

    @Override
    public void close() throws Exception {
        model.close();
    }

    @Override
    public void embedByEachMethod() {
        model.embed("text");
        model.embed(new Document("document"));
        model.embedForResponse(List.of("for response"));
        model.embed(List.of("list"));
        model.call(new EmbeddingRequest(
                List.of("request"), EmbeddingOptions.builder().model("ignored").build()));
    }

    @Override
    public void embedRemotely(RemoteClient client) {
        ((EmbeddingModel) client.model()).embed("text");
    }

    @Override
    public void embedRemotelyWith(String requestedModel, RemoteClient client) {
        ((EmbeddingModel) client.model())
                .call(new EmbeddingRequest(
                        List.of("one", "two"),
                        EmbeddingOptions.builder().model(requestedModel).build()));
    }

    @Override
    public RemoteClient client(String answeredModel) {
        EmbeddingModel remote = new RemoteEmbeddingModel(answeredModel);
        return () -> remote;
    }
}
