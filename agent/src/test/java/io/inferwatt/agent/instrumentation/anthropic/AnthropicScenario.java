package io.inferwatt.agent.instrumentation.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.beta.messages.BetaMessage;
import com.anthropic.models.beta.messages.BetaRawMessageStreamEvent;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.testservers.AnthropicWire;
import io.inferwatt.core.testservers.WireServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Asks a server on loopback for messages, as an application would. */
@SuppressWarnings("MustBeClosed") // who is handed a response closes it
public final class AnthropicScenario implements AnthropicUse {

    private final WireServer server = new WireServer();
    private final AnthropicClient client = AnthropicOkHttpClient.builder()
            .apiKey("none")
            .baseUrl(server.address())
            .build();
    private final AnthropicClientAsync later = AnthropicOkHttpClientAsync.builder()
            .apiKey("none")
            .baseUrl(server.address())
            .build();

    public AnthropicScenario() {
        server.answer(AnthropicWire.message(MODEL, "hello", "\"input_tokens\":7,\"output_tokens\":5"));
    }

    private static MessageCreateParams params() {
        return MessageCreateParams.builder()
                .model(MODEL)
                .maxTokens(100)
                .addUserMessage("say hello")
                .build();
    }

    private static com.anthropic.models.beta.messages.MessageCreateParams betaParams() {
        return com.anthropic.models.beta.messages.MessageCreateParams.builder()
                .model(MODEL)
                .maxTokens(100)
                .addUserMessage("say hello")
                .build();
    }

    @Override
    public WireServer server() {
        return server;
    }

    @Override
    public void call() {
        client.messages().create(params());
    }

    @Override
    public void failingCall() {
        server.answer(AnthropicWire.error(400, "invalid_request_error"));
        client.messages().create(params());
    }

    @Override
    public void callWithNull() {
        client.messages().create((MessageCreateParams) null);
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
        client.messages().create(params());
    }

    @Override
    public String ask(Way way) throws Exception {
        return switch (way) {
            case MESSAGE -> text(client.messages().create(params()));
            case MESSAGE_LATER -> text(later.messages().create(params()).get());
            case RAW -> parsed(client.messages().withRawResponse().create(params()), AnthropicScenario::text);
            case RAW_LATER ->
                parsed(later.messages().withRawResponse().create(params()).get(), AnthropicScenario::text);
            case BETA -> betaText(client.beta().messages().create(betaParams()));
            case BETA_LATER ->
                betaText(later.beta().messages().create(betaParams()).get());
            case BETA_RAW ->
                parsed(client.beta().messages().withRawResponse().create(betaParams()), AnthropicScenario::betaText);
            case BETA_RAW_LATER ->
                parsed(
                        later.beta()
                                .messages()
                                .withRawResponse()
                                .create(betaParams())
                                .get(),
                        AnthropicScenario::betaText);
            case STREAM -> read(client.messages().createStreaming(params()), AnthropicScenario::text);
            case STREAM_LATER -> read(later.messages().createStreaming(params()), AnthropicScenario::text);
            case RAW_STREAM ->
                read(
                        client.messages()
                                .withRawResponse()
                                .createStreaming(params())
                                .parse(),
                        AnthropicScenario::text);
            case RAW_STREAM_LATER ->
                read(
                        later.messages()
                                .withRawResponse()
                                .createStreaming(params())
                                .get()
                                .parse(),
                        AnthropicScenario::text);
            case BETA_STREAM -> read(client.beta().messages().createStreaming(betaParams()), AnthropicScenario::text);
            case BETA_STREAM_LATER ->
                read(later.beta().messages().createStreaming(betaParams()), AnthropicScenario::text);
            case BETA_RAW_STREAM ->
                read(
                        client.beta()
                                .messages()
                                .withRawResponse()
                                .createStreaming(betaParams())
                                .parse(),
                        AnthropicScenario::text);
            case BETA_RAW_STREAM_LATER ->
                read(
                        later.beta()
                                .messages()
                                .withRawResponse()
                                .createStreaming(betaParams())
                                .get()
                                .parse(),
                        AnthropicScenario::text);
        };
    }

    private static String text(Message message) {
        return message.content().get(0).asText().text();
    }

    private static String betaText(BetaMessage message) {
        return message.content().get(0).asText().text();
    }

    private static <T> String parsed(HttpResponseFor<T> response, Function<T, String> text) {
        try (response) {
            return response.statusCode() + " " + text.apply(response.parse());
        }
    }

    private static String text(RawMessageStreamEvent event) {
        return event.isContentBlockDelta()
                ? event.asContentBlockDelta().delta().asText().text()
                : "<" + event.type() + ">";
    }

    private static String text(BetaRawMessageStreamEvent event) {
        return event.isContentBlockDelta()
                ? event.asContentBlockDelta().delta().asText().text()
                : "<" + event.type() + ">";
    }

    private static <E> String read(StreamResponse<E> events, Function<E, String> text) {
        StringBuilder all = new StringBuilder();
        try (events) {
            for (E event : events) {
                all.append(text.apply(event));
            }
        }
        return all.toString();
    }

    private static <E> String read(AsyncStreamResponse<E> events, Function<E, String> text) throws Exception {
        StringBuilder all = new StringBuilder();
        events.subscribe(event -> all.append(text.apply(event)))
                .onCompleteFuture()
                .get();
        return all.toString();
    }

    @Override
    public CompletableFuture<?> later() {
        return later.messages().create(params());
    }

    @Override
    public Events stream(boolean beta) {
        if (beta) {
            return new Read<>(client.beta().messages().createStreaming(betaParams()));
        }
        return new Read<>(client.messages().createStreaming(params()));
    }

    private static final class Read<E> implements Events {

        private final StreamResponse<E> response;
        private final Iterator<E> events;

        Read(StreamResponse<E> response) {
            this.response = response;
            this.events = response.stream().iterator(); // older versions have no iterator
        }

        @Override
        public boolean next() {
            boolean more = events.hasNext();
            if (more) {
                events.next();
            }
            return more;
        }

        @Override
        public void close() {
            response.close();
        }
    }

    @Override
    public Subscription subscribe(boolean read) {
        AsyncStreamResponse<RawMessageStreamEvent> events = later.messages().createStreaming(params());
        if (read) {
            events.subscribe(event -> {});
        }
        return new Subscription() {
            @Override
            public CompletableFuture<?> end() {
                return events.onCompleteFuture();
            }

            @Override
            public void close() {
                events.close();
            }
        };
    }

    @Override
    public String body() {
        try (HttpResponseFor<Message> response =
                        client.messages().withRawResponse().create(params());
                InputStream body = response.body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void closedUnread() {
        client.messages().withRawResponse().create(params()).close();
    }

    @Override
    public boolean sameWhenParsedAgain(boolean stream) {
        if (stream) {
            try (HttpResponseFor<?> response =
                    client.messages().withRawResponse().createStreaming(params())) {
                Object first = response.parse();
                return first == response.parse();
            }
        }
        try (HttpResponseFor<?> response = client.messages().withRawResponse().create(params())) {
            Object first = response.parse();
            return first == response.parse();
        }
    }

    @Override
    public String aboutRawResponse() {
        try (HttpResponseFor<Message> response =
                client.messages().withRawResponse().create(params())) {
            return response.statusCode() + " " + response.requestId() + " "
                    + response.headers().values("content-type") + " "
                    + text(response.buffered().json(Message.class));
        }
    }

    @Override
    public void close() {
        client.close();
        later.close();
        server.close();
    }
}
