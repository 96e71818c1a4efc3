package io.inferwatt.agent.instrumentation.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.client.okhttp.OkHttpClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.ClientOptions;
import com.openai.core.RequestOptions;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.images.ImageGenerateParams;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.core.testservers.WireServer;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An application with a real client and a real server beside it. */
public final class OpenAiScenario implements OpenAiUse {

    static final String MODEL = "gpt-4o-mini";

    private static final ChatCompletionCreateParams CHAT = ChatCompletionCreateParams.builder()
            .model(MODEL)
            .addUserMessage("Hi")
            .build();

    private final WireServer server = new WireServer();
    private OpenAIClient client = OpenAIOkHttpClient.builder()
            .apiKey("none")
            .baseUrl(server.address())
            .maxRetries(0)
            .build();

    public OpenAiScenario() {
        server.answer(WireServer.Reply.json(OpenAiWire.chat(MODEL, OpenAiWire.usage(11, 4, 7, 3))));
    }

    @Override
    public WireServer server() {
        return server;
    }

    @Override
    public void call() {
        ask(client.chat().completions().create(CHAT));
    }

    @Override
    public void failingCall() {
        server.answer(WireServer.Reply.json(400, OpenAiWire.error("no such thing")));
        client.chat().completions().create(CHAT);
    }

    @Override
    public void callWithNull() {
        client.chat().completions().create((ChatCompletionCreateParams) null, RequestOptions.none());
    }

    @Override
    public ModelKey key() {
        return new ModelKey(MODEL, "chat", true);
    }

    @Override
    public long rows() {
        return 1;
    }

    @Override
    public void callAfterClose() {
        client.close();
        call();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }

    @Override
    public void moveTo(String baseUrl) {
        client = OpenAIOkHttpClient.builder()
                .apiKey("none")
                .baseUrl(baseUrl)
                .proxy(new Proxy(Proxy.Type.HTTP, new InetSocketAddress("127.0.0.1", server.port())))
                .maxRetries(0)
                .build();
    }

    @Override
    public void bringHttpClient() {
        client = new OpenAIClientImpl(ClientOptions.builder()
                .httpClient(new OwnHttpClient(OkHttpClient.builder().build()))
                .apiKey("none")
                .baseUrl(server.address())
                .maxRetries(0)
                .build());
    }

    @Override
    public void retry(int times) {
        client = client.withOptions(options -> options.maxRetries(times));
    }

    @Override
    public void limit(Duration patience) {
        client = client.withOptions(options -> options.timeout(patience));
    }

    @Override
    public void validate() {
        client = client.withOptions(options -> options.responseValidation(true));
    }

    @Override
    public String ask(String way) throws Exception {
        return OpenAiWays.ask(client, way);
    }

    static String ask(ChatCompletion chat) {
        return chat.choices().get(0).message().content().orElseThrow();
    }

    @Override
    public CompletableFuture<String> askAsync() {
        // The library's own future, so that cancelling it is what an application does.
        CompletableFuture<ChatCompletion> answer =
                client.async().chat().completions().create(CHAT);
        return new Linked<>(answer, OpenAiScenario::ask);
    }

    /** Passes cancelling on, which futures made of others do not. */
    private static final class Linked<S, T> extends CompletableFuture<T> {

        private final CompletableFuture<S> source;

        Linked(CompletableFuture<S> source, java.util.function.Function<S, T> then) {
            this.source = source;
            source.whenComplete((value, error) -> {
                if (error == null) {
                    complete(then.apply(value));
                } else {
                    completeExceptionally(error);
                }
            });
        }

        @Override
        public boolean cancel(boolean mayInterrupt) {
            return source.cancel(mayInterrupt);
        }
    }

    @Override
    public CompletableFuture<?> askRawAsync() {
        return client.async().chat().completions().withRawResponse().create(CHAT);
    }

    @Override
    public String raw(String use) throws Exception {
        try (HttpResponseFor<ChatCompletion> response =
                client.chat().completions().withRawResponse().create(CHAT)) {
            return switch (use) {
                case "parse twice" -> parsedTwice(response);
                case "read the body" -> new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
                case "close" -> String.valueOf(response.statusCode());
                default -> throw new IllegalArgumentException(use);
            };
        }
    }

    private static String parsedTwice(HttpResponseFor<ChatCompletion> response) {
        ChatCompletion first = response.parse();
        ChatCompletion second = response.parse();
        return ask(first) + (first == second);
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // the test closes it, or means not to
    public Pieces stream() {
        return new Read(client.chat().completions().createStreaming(CHAT));
    }

    @Override
    public Pushed push() {
        return new Subscribed(client.async().chat().completions().createStreaming(CHAT));
    }

    @Override
    public void embed(String kind) {
        EmbeddingCreateParams.Builder request = EmbeddingCreateParams.builder().model("text-embedding-3-small");
        switch (kind) {
            case "text" -> request.input("a b c");
            case "texts" -> request.inputOfArrayOfStrings(List.of("a", "b", "c"));
            case "tokens" -> request.inputOfArrayOfTokens(List.of(1L, 2L, 3L));
            case "lists" -> request.inputOfArrayOfTokenArrays(List.of(List.of(1L), List.of(2L), List.of(3L)));
            default -> throw new IllegalArgumentException(kind);
        }
        client.embeddings().create(request.build());
    }

    @Override
    public void images(String model, Long count, String size) {
        ImageGenerateParams.Builder request =
                ImageGenerateParams.builder().prompt("a hill").model(model);
        if (count != null) {
            request.n(count);
        }
        if (size != null) {
            request.size(ImageGenerateParams.Size.of(size));
        }
        client.images().generate(request.build());
    }

    static String text(ChatCompletionChunk piece) {
        return piece.choices().isEmpty()
                ? ""
                : piece.choices().get(0).delta().content().orElse("");
    }

    private static final class Read implements Pieces {

        private final StreamResponse<ChatCompletionChunk> answer;
        private final Stream<ChatCompletionChunk> stream;
        private Iterator<ChatCompletionChunk> iterator;

        Read(StreamResponse<ChatCompletionChunk> answer) {
            this.answer = answer;
            this.stream = answer.stream();
        }

        @Override
        public String next() {
            if (iterator == null) {
                iterator = stream.iterator();
            }
            return iterator.hasNext() ? text(iterator.next()) : null;
        }

        @Override
        public List<String> all() {
            return stream.map(OpenAiScenario::text).toList();
        }

        @Override
        public void each(Consumer<String> reader) {
            stream.map(OpenAiScenario::text).forEach(reader);
        }

        @Override
        public void again() {
            answer.stream();
        }

        @Override
        public void closeStream() {
            stream.close();
        }

        @Override
        public void close() {
            answer.close();
        }
    }

    private record Subscribed(AsyncStreamResponse<ChatCompletionChunk> answer) implements Pushed {

        @Override
        public void subscribe(List<String> into, String failsOn) {
            answer.subscribe(new Into(into, failsOn));
        }

        @Override
        public void subscribe(List<String> into, Executor executor) {
            answer.subscribe(new Into(into, null), executor);
        }

        @Override
        public CompletableFuture<Void> complete() {
            return answer.onCompleteFuture();
        }

        @Override
        public void close() {
            answer.close();
        }
    }

    private record Into(List<String> into, String failsOn) implements AsyncStreamResponse.Handler<ChatCompletionChunk> {

        @Override
        public void onNext(ChatCompletionChunk piece) {
            into.add(text(piece));
            if (text(piece).equals(failsOn)) {
                throw new IllegalStateException("the application's");
            }
        }

        @Override
        public void onComplete(java.util.Optional<Throwable> error) {
            into.add("end" + error.map(Throwable::getMessage).orElse(""));
        }
    }

    private record OwnHttpClient(HttpClient inner) implements HttpClient {

        @Override
        public HttpResponse execute(HttpRequest request, RequestOptions options) {
            return inner.execute(request, options);
        }

        @Override
        public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
            return inner.executeAsync(request, options);
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
