package dev.langchain4j.inferwatt;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;

/** Stands for the client of a remote model, under one of LangChain4j's own names as those have. */
public final class RemoteEmbeddingModel implements EmbeddingModel {

    private static final int TOKENS_EACH = 3;

    @Override
    public Response<List<Embedding>> embedAll(List<TextSegment> segments) {
        List<Embedding> embeddings = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            embeddings.add(Embedding.from(new float[] {i}));
        }
        return Response.from(embeddings, new TokenUsage(TOKENS_EACH * segments.size()));
    }

    @Override
    public String modelName() {
        return "text-embedding-3-small";
    }
}
