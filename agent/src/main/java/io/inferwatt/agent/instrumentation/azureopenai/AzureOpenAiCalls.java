package io.inferwatt.agent.instrumentation.azureopenai;

import com.azure.ai.openai.implementation.OpenAIClientImpl;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.ai.openai.models.ImageGenerationOptions;
import com.azure.core.util.IterableStream;
import io.inferwatt.agent.instrumentation.KnownServers;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.RemoteServer;
import io.inferwatt.core.call.RemoteTarget.Work;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What the advice on Azure's client does: begins calls, those with Reactor when somebody subscribes, and hears their answers. */
final class AzureOpenAiCalls {

    static final RemoteCalls CALLS = RemoteCalls.of(
            "azure-openai", "stream_options.include_usage (ChatCompletionStreamOptions.setIncludeUsage(true))");

    /** A client that was given a key of OpenAI's own has no other address. */
    private static final RemoteServer OPENAI = RemoteServer.of("openai", "https://api.openai.com", "");

    private static final KnownServers<OpenAIClientImpl> SERVERS = new KnownServers<>();

    private AzureOpenAiCalls() {}

    /** Begins a call; null for what the library refuses. */
    static @Nullable Object start(
            @Nullable OpenAIClientImpl client, String method, @Nullable String deployment, @Nullable Object options) {
        Asking asking = prepare(client, method, deployment, options);
        return asking == null ? null : asking.start();
    }

    static @Nullable Asking prepare(
            @Nullable OpenAIClientImpl client, String method, @Nullable String deployment, @Nullable Object options) {
        if (options == null) {
            return null;
        }
        String model = deployment == null ? "" : deployment;
        RemoteServer server = client == null ? OPENAI : server(client);
        if (method.startsWith("getEmbeddings")) {
            return new Asking(server, model, RemoteCalls.EMBEDDINGS, Work.EMBEDDING, texts(options), "");
        }
        if (method.startsWith("getImageGenerations")) {
            return new Asking(server, model, RemoteCalls.IMAGE_GENERATION, Work.IMAGE, images(options), size(options));
        }
        String operation = method.startsWith("getChat") ? RemoteCalls.CHAT : RemoteCalls.TEXT_COMPLETION;
        return new Asking(server, model, operation, Work.TEXT, 1, "");
    }

    private static RemoteServer server(OpenAIClientImpl client) {
        return SERVERS.of(client, unknown -> RemoteServer.of("azure.ai.openai", unknown.getEndpoint(), ""));
    }

    private static long texts(Object options) {
        List<?> texts = options instanceof EmbeddingsOptions embedding ? embedding.getInput() : null;
        return texts == null ? 1 : Math.max(1, texts.size());
    }

    private static long images(Object options) {
        Integer images = options instanceof ImageGenerationOptions image ? image.getN() : null;
        return images == null ? 1 : Math.max(1, images);
    }

    private static String size(Object options) {
        boolean told = options instanceof ImageGenerationOptions image && image.getSize() != null;
        return told ? ((ImageGenerationOptions) options).getSize().toString() : "";
    }

    static void answered(@Nullable Object begun, @Nullable Object answer, @Nullable Throwable error) {
        if (begun != null) {
            ((RemoteCall) begun).answered(answer, Answers::tell, error);
        }
    }

    /** Returns what the application gets instead of a stream: the same, watched; null where it is to get the stream itself. */
    static @Nullable IterableStream<?> streams(
            @Nullable Object begun, @Nullable IterableStream<?> stream, @Nullable Throwable error) {
        if (begun == null) {
            return null;
        }
        RemoteCall call = (RemoteCall) begun;
        if (error != null || stream == null) {
            call.finish(error);
            return null;
        }
        call.detach();
        return call.goesOn() ? new WatchedIterable<>(stream, call) : null;
    }

    static @Nullable Mono<?> promises(@Nullable Object asking, @Nullable Mono<?> answer, @Nullable Throwable error) {
        return asking == null || answer == null ? null : new WatchedMono<>(answer, (Asking) asking);
    }

    static @Nullable Flux<?> pushes(@Nullable Object asking, @Nullable Flux<?> stream, @Nullable Throwable error) {
        return asking == null || stream == null ? null : new WatchedFlux<>(stream, (Asking) asking);
    }
}
