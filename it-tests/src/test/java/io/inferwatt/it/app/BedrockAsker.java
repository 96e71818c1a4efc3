package io.inferwatt.it.app;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** Asks models on Amazon Bedrock, with clients that try twice; what waits goes over the JDK's HTTP, all else over Netty. */
public final class BedrockAsker {

    private static final String CLAUDE = "us.anthropic.claude-3-5-haiku-20241022-v1:0";
    private static final String LLAMA = "meta.llama3-1-70b-instruct-v1:0";
    private static final String NOVA = "amazon.nova-pro-v1:0";
    private static final SdkBytes BODY = SdkBytes.fromUtf8String("{\"prompt\":\"a question\"}");
    private static final Message QUESTION = Message.builder()
            .role(ConversationRole.USER)
            .content(ContentBlock.fromText("a question"))
            .build();

    private final BedrockRuntimeClient client;
    private final BedrockRuntimeAsyncClient async;

    private BedrockAsker(String address) {
        StaticCredentialsProvider credentials =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
        client = BedrockRuntimeClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create(address))
                .credentialsProvider(credentials)
                .httpClient(UrlConnectionHttpClient.create())
                .overrideConfiguration(twice())
                .build();
        async = BedrockRuntimeAsyncClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(URI.create(address))
                .credentialsProvider(credentials)
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(Protocol.HTTP1_1)
                        .protocolNegotiation(ProtocolNegotiation.ASSUME_PROTOCOL))
                .overrideConfiguration(twice())
                .build();
    }

    private static ClientOverrideConfiguration twice() {
        return ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(2)
                        .backoffStrategy(BackoffStrategy.retryImmediately())
                        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
                        .build())
                .build();
    }

    public static void main(String[] arguments) {
        Questions.askAll(new BedrockAsker(arguments[0])::ask);
    }

    private void ask(String what) throws Exception {
        switch (what) {
            case "converse" ->
                client.converse(request -> request.modelId(CLAUDE).messages(QUESTION));
            case "converse-later" ->
                wait(async.converse(request -> request.modelId(CLAUDE).messages(QUESTION)));
            case "converse-stream" ->
                wait(async.converseStream(
                        request -> request.modelId(CLAUDE).messages(QUESTION),
                        ConverseStreamResponseHandler.builder()
                                .subscriber(event -> {})
                                .build()));
            case "invoke" ->
                client.invokeModel(request -> request.modelId(LLAMA).body(BODY));
            case "invoke-later" ->
                wait(async.invokeModel(request -> request.modelId(LLAMA).body(BODY)));
            case "invoke-stream" ->
                wait(async.invokeModelWithResponseStream(
                        request -> request.modelId(LLAMA).body(BODY),
                        InvokeModelWithResponseStreamResponseHandler.builder()
                                .subscriber(event -> {})
                                .build()));
            case "unknown" -> client.converse(request -> request.modelId(NOVA).messages(QUESTION));
            default -> throw new IllegalArgumentException(what);
        }
    }

    private static void wait(CompletableFuture<?> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        answer.get(60, TimeUnit.SECONDS);
    }
}
