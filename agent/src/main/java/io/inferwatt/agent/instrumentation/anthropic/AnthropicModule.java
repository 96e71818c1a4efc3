package io.inferwatt.agent.instrumentation.anthropic;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import java.util.ArrayList;
import java.util.List;

/** Where messages pass in Anthropic's client. Run with 3.12.0; tests check 2.0.0 as well. */
public final class AnthropicModule implements InstrumentationModule {

    private static final String FOLDER = "io.inferwatt.agent.instrumentation.anthropic.";
    private static final String WAITING = "com.anthropic.services.blocking.";
    private static final String LATER = "com.anthropic.services.async.";
    private static final String RAW = "$WithRawResponseImpl";
    private static final String MESSAGES = "com.anthropic.models.messages.";
    private static final String BETA_MESSAGES = "com.anthropic.models.beta.messages.";
    private static final String OPTIONS = "com.anthropic.core.ClientOptions";
    private static final String RESPONSE = "Lcom/anthropic/core/http/HttpResponseFor;";
    private static final String FUTURE = "Ljava/util/concurrent/CompletableFuture;";
    private static final String OPTIONAL = "()Ljava/util/Optional;";
    private static final String TRUTH = "()Z";
    private static final String COUNT = "()J";
    private static final String MODEL = "()" + type(MESSAGES + "Model");

    @Override
    public String library() {
        return "anthropic-java";
    }

    @Override
    public List<Hook> hooks() {
        List<Hook> hooks = new ArrayList<>();
        add(hooks, WAITING, LATER, MESSAGES, "Message");
        add(hooks, WAITING + "beta.", LATER + "beta.", BETA_MESSAGES, "BetaMessage");
        return hooks;
    }

    /** Streams only pass the raw level: what is read there is what the levels above it read. */
    private static void add(List<Hook> hooks, String waiting, String later, String models, String message) {
        String service = waiting + "MessageServiceImpl";
        String asyncService = later + "MessageServiceAsyncImpl";
        String asks = "(" + type(models + "MessageCreateParams") + "Lcom/anthropic/core/RequestOptions;)";
        hooks.add(Hook.on(service, "create", asks + type(models + message), FOLDER + "CreateAdvice"));
        hooks.add(Hook.on(asyncService, "create", asks + FUTURE, FOLDER + "CreateAsyncAdvice"));
        for (String method : List.of("create", "createStreaming")) {
            hooks.add(Hook.on(service + RAW, method, asks + RESPONSE, FOLDER + "RawAdvice"));
            hooks.add(Hook.on(asyncService + RAW, method, asks + FUTURE, FOLDER + "RawAsyncAdvice"));
        }
    }

    @Override
    public List<Member> requires() {
        List<Member> members = new ArrayList<>();
        for (String service : List.of("MessageServiceImpl", "beta.MessageServiceImpl")) {
            members.add(new Member(WAITING + service, "clientOptions", type(OPTIONS)));
            members.add(new Member(WAITING + service + RAW, "clientOptions", type(OPTIONS)));
        }
        for (String service : List.of("MessageServiceAsyncImpl", "beta.MessageServiceAsyncImpl")) {
            members.add(new Member(LATER + service, "clientOptions", type(OPTIONS)));
            members.add(new Member(LATER + service + RAW, "clientOptions", type(OPTIONS)));
        }
        members.add(new Member("com.anthropic.core.http.HttpResponseFor", "parse", "()Ljava/lang/Object;"));
        members.add(new Member("com.anthropic.core.http.HttpResponse", "statusCode", "()I"));
        members.add(
                new Member("com.anthropic.core.http.HttpResponse", "headers", "()Lcom/anthropic/core/http/Headers;"));
        members.add(new Member("com.anthropic.core.http.HttpResponse", "body", "()Ljava/io/InputStream;"));
        members.add(new Member("com.anthropic.core.http.HttpResponse", "close", "()V"));
        members.add(new Member("com.anthropic.core.http.StreamResponse", "stream", "()Ljava/util/stream/Stream;"));
        members.add(new Member("com.anthropic.core.http.StreamResponse", "close", "()V"));
        members.add(new Member(MESSAGES + "Model", "asString", "()Ljava/lang/String;"));
        addModels(members, MESSAGES, "");
        addModels(members, BETA_MESSAGES, "Beta");
        return members;
    }

    private static void addModels(List<Member> members, String models, String beta) {
        String message = models + beta + "Message";
        String usage = models + beta + "Usage";
        String soFar = models + beta + "MessageDeltaUsage";
        String event = models + beta + "RawMessageStreamEvent";
        String begin = models + beta + "RawMessageStartEvent";
        String delta = models + beta + "RawMessageDeltaEvent";
        members.add(new Member(models + "MessageCreateParams", "model", MODEL));
        members.add(new Member(message, "model", MODEL));
        members.add(new Member(message, "usage", "()" + type(usage)));
        members.add(new Member(usage, "inputTokens", COUNT));
        members.add(new Member(usage, "cacheReadInputTokens", OPTIONAL));
        members.add(new Member(usage, "cacheCreationInputTokens", OPTIONAL));
        members.add(new Member(usage, "outputTokens", COUNT));
        members.add(new Member(soFar, "inputTokens", OPTIONAL));
        members.add(new Member(soFar, "cacheReadInputTokens", OPTIONAL));
        members.add(new Member(soFar, "cacheCreationInputTokens", OPTIONAL));
        members.add(new Member(soFar, "outputTokens", COUNT));
        members.add(new Member(event, "isMessageStart", TRUTH));
        members.add(new Member(event, "asMessageStart", "()" + type(begin)));
        members.add(new Member(begin, "message", "()" + type(message)));
        members.add(new Member(event, "isContentBlockStart", TRUTH));
        members.add(new Member(event, "isMessageDelta", TRUTH));
        members.add(new Member(event, "asMessageDelta", "()" + type(delta)));
        members.add(new Member(delta, "usage", "()" + type(soFar)));
        members.add(new Member(event, "isMessageStop", TRUTH));
    }

    private static String type(String className) {
        return "L" + className.replace('.', '/') + ";";
    }
}
