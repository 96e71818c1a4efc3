package org.springframework.ai.inferwatt;

import java.util.ArrayList;
import java.util.List;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;

/** Stands for the client of a remote model, under one of Spring AI's own names as those have. */
public final class RemoteEmbeddingModel implements EmbeddingModel {

    private static final int TOKENS_EACH = 3;

    private final String model;

    /** @param model what its answers say, empty for nothing */
    public RemoteEmbeddingModel(String model) {
        this.model = model;
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        List<Embedding> embeddings = new ArrayList<>();
        for (int i = 0; i < request.getInstructions().size(); i++) {
            embeddings.add(new Embedding(new float[] {i}, i));
        }
        EmbeddingResponseMetadata metadata = new EmbeddingResponseMetadata();
        metadata.setModel(model);
        if (!model.isEmpty()) {
            metadata.setUsage(new DefaultUsage(TOKENS_EACH * embeddings.size(), 0));
        }
        return new EmbeddingResponse(embeddings, metadata);
    }

    @Override
    public float[] embed(Document document) {
        return embed(String.valueOf(document.getText()));
    }
}
