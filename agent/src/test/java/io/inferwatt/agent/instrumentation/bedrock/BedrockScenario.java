package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.testservers.BedrockWire;
import io.inferwatt.core.testservers.WireServer;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamMetadataEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithBidirectionalStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** The SDK's clients, unmodified, against a server that speaks Bedrock's protocol. */
public final class BedrockScenario implements BedrockUse {

    static final String MODEL = "anthropic.claude-3-5-haiku-20241022-v1:0";

    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

    private final WireServer server = new WireServer();
    private final BedrockRuntimeClient client = BedrockRuntimeClient.builder()
            .region(Region.EU_WEST_1)
            .endpointOverride(URI.create(server.address()))
            .credentialsProvider(CREDENTIALS)
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(retryAtOnce())
            .build();
    private BedrockRuntimeAsyncClient asyncClient;

    public BedrockScenario() {
        server.answer(BedrockWire.converse("Hello", BedrockWire.usage(11, 22, 33)));
    }

    private static ClientOverrideConfiguration retryAtOnce() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                        .build())
                .build();
    }

    /** The protocol of streams is the same over the older HTTP. */
    private BedrockRuntimeAsyncClient asyncClient() {
        if (asyncClient == null) {
            asyncClient = BedrockRuntimeAsyncClient.builder()
                    .region(Region.EU_WEST_1)
                    .endpointOverride(URI.create(server.address()))
                    .credentialsProvider(CREDENTIALS)
                    .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                            .eventLoopGroup(SdkEventLoopGroup.create(EventLoops.SHARED, NioSocketChannel::new))
                            .protocol(Protocol.HTTP1_1)
                            .protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL))
                    .overrideConfiguration(retryAtOnce())
                    .build();
        }
        return asyncClient;
    }

    @Override
    public WireServer server() {
        return server;
    }

    @Override
    public void call() {
        converse(MODEL);
    }

    @Override
    public void failingCall() {
        server.answer(BedrockWire.error(400, "ValidationException", "no such thing"));
        converse(MODEL);
    }

    @Override
    public void callWithNull() {
        client.converse((ConverseRequest) null);
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
    public void callAfterClose() throws Exception {
        client.close();
        try (server) {
            call();
        }
    }

    @Override
    public String converse(String model) {
        return client.converse(conversation(model)).toString();
    }

    private static ConverseRequest conversation(String model) {
        return ConverseRequest.builder().modelId(model).messages(hello()).build();
    }

    private static Message hello() {
        return Message.builder()
                .role("user")
                .content(content -> content.text("Hello"))
                .build();
    }

    @Override
    public String invoke(String model, String body) {
        return client.invokeModel(invocation(model, body)).body().asUtf8String();
    }

    private static InvokeModelRequest invocation(String model, String body) {
        return InvokeModelRequest.builder()
                .modelId(model)
                .body(SdkBytes.fromUtf8String(body))
                .build();
    }

    @Override
    public void converseAtRealAddress(String region) {
        try (BedrockRuntimeClient real = BedrockRuntimeClient.builder()
                .region(Region.of(region))
                .credentialsProvider(CREDENTIALS)
                .httpClient(new NoNetwork())
                .build()) {
            real.converse(conversation(MODEL));
        }
    }

    @Override
    public CompletableFuture<?> converseLater(String model) {
        return asyncClient().converse(conversation(model));
    }

    @Override
    public CompletableFuture<?> invokeLater(String model, String body) {
        return asyncClient().invokeModel(invocation(model, body));
    }

    @Override
    public Streamed converseStream(String model, Reading reading) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        ConverseStreamResponseHandler handler = ConverseStreamResponseHandler.builder()
                .onResponse(response -> heard.add("response"))
                .onEventStream(events -> read(events, reading, heard))
                .onError(error -> heard.add("error " + error.getClass().getSimpleName()))
                .onComplete(() -> heard.add("complete"))
                .build();
        return new Streamed(asyncClient().converseStream(streamed(model), handler), heard);
    }

    private static ConverseStreamRequest streamed(String model) {
        return ConverseStreamRequest.builder().modelId(model).messages(hello()).build();
    }

    @Override
    public Streamed invokeStream(String model, String body, Reading reading) {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        InvokeModelWithResponseStreamResponseHandler handler = InvokeModelWithResponseStreamResponseHandler.builder()
                .onResponse(response -> heard.add("response"))
                .onEventStream(events -> read(events, reading, heard))
                .onError(error -> heard.add("error " + error.getClass().getSimpleName()))
                .onComplete(() -> heard.add("complete"))
                .build();
        return new Streamed(
                asyncClient()
                        .invokeModelWithResponseStream(
                                request -> request.modelId(model).body(SdkBytes.fromUtf8String(body)), handler),
                heard);
    }

    private static <E> void read(SdkPublisher<E> events, Reading reading, List<String> heard) {
        events.subscribe(new Reader<>(reading, heard));
    }

    @Override
    public CompletableFuture<?> speak(String model) {
        InvokeModelWithBidirectionalStreamResponseHandler handler =
                InvokeModelWithBidirectionalStreamResponseHandler.builder()
                        .subscriber(event -> {})
                        .build();
        return asyncClient()
                .invokeModelWithBidirectionalStream(
                        request -> request.modelId(model),
                        SdkPublisher.adapt(AsyncRequestBody.empty()).map(bytes -> null),
                        handler);
    }

    @Override
    public void converseStreamWithoutHandler() {
        asyncClient().converseStream(streamed(MODEL), null);
    }

    @Override
    public void close() {
        client.close();
        if (asyncClient != null) {
            asyncClient.close();
        }
        server.close();
    }

    private static final class Reader<E> implements Subscriber<E> {

        private final Reading reading;
        private final List<String> heard;
        private Subscription subscription;

        Reader(Reading reading, List<String> heard) {
            this.reading = reading;
            this.heard = heard;
        }

        @Override
        public void onSubscribe(Subscription events) {
            subscription = events;
            if (reading != Reading.NOTHING) {
                events.request(1);
            }
        }

        @Override
        public void onNext(E event) {
            heard.add(event.toString());
            if (reading == Reading.FAILING) {
                throw new IllegalStateException("the reader's");
            }
            boolean last = event instanceof ConverseStreamMetadataEvent && reading == Reading.UNTIL_USAGE;
            if (reading == Reading.ONE || last) {
                subscription.cancel();
            } else {
                subscription.request(1);
            }
        }

        @Override
        public void onError(Throwable error) {
            heard.add("reader's error " + error.getClass().getSimpleName());
        }

        @Override
        public void onComplete() {
            heard.add("reader's complete");
        }
    }

    /** Sends nothing. */
    private static final class NoNetwork implements SdkHttpClient {

        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            throw new IllegalStateException("no network");
        }

        @Override
        public void close() {
            // There is nothing to close.
        }
    }
}
