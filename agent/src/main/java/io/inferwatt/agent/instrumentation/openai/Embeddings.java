package io.inferwatt.agent.instrumentation.openai;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.embeddings.EmbeddingModel;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /embeddings}. */
final class Embeddings implements Endpoint {

    static final Endpoint ENDPOINT = new Embeddings();

    private Embeddings() {}

    @Override
    public Asked asked(Object params) {
        EmbeddingCreateParams embedding = (EmbeddingCreateParams) params;
        EmbeddingModel model = Json.known(embedding._model());
        return new Asked(
                model == null ? "" : model.asString(),
                RemoteCalls.EMBEDDINGS,
                Work.EMBEDDING,
                inputs(Json.known(embedding._input())),
                "");
    }

    /** A list of tokens is one text; a list of texts, or of lists of tokens, as many as it has. */
    private static long inputs(EmbeddingCreateParams.@Nullable Input input) {
        if (input == null) {
            return 1;
        }
        List<?> texts = input.arrayOfStrings().orElse(null);
        if (texts != null) {
            return Math.max(1, texts.size());
        }
        List<?> tokens = input.arrayOfTokenArrays().orElse(null);
        return tokens == null ? 1 : Math.max(1, tokens.size());
    }

    @Override
    public void tell(RemoteCall call, Object answer) {
        CreateEmbeddingResponse embedded = (CreateEmbeddingResponse) answer;
        call.answeredBy(Json.known(embedded._model()));
        CreateEmbeddingResponse.Usage usage = Json.known(embedded._usage());
        if (usage != null) {
            call.tokens(Json.tokens(usage._promptTokens()), TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
        }
    }
}
