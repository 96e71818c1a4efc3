package io.inferwatt.agent.instrumentation.ollama4j;

import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.chat.OllamaChatResponseModel;
import io.github.ollama4j.models.chat.OllamaChatResult;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.models.embed.OllamaEmbedResult;
import io.github.ollama4j.models.generate.OllamaGenerateResponseModel;
import io.github.ollama4j.models.request.OllamaCommonRequest;
import io.github.ollama4j.models.response.OllamaAsyncResultStreamer;
import io.github.ollama4j.models.response.OllamaResult;
import io.inferwatt.agent.instrumentation.KnownServers;
import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteCalls;
import io.inferwatt.agent.instrumentation.RemoteServer;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget.Work;
import io.inferwatt.core.call.TokenUsage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the advice on ollama4j does: begins calls, hears of their answers and ends them. */
final class Ollama4jCalls {

    private static final RemoteCalls CALLS = RemoteCalls.of(Ollama4jModule.NAME);
    private static final String PROVIDER = "ollama";

    private static final KnownServers<Object> SERVERS = new KnownServers<>();

    /** The exchange that the thread is in. */
    private static final ThreadLocal<Exchange> OPEN = new ThreadLocal<>();

    /** The call whose reading thread is just being made. */
    private static final ThreadLocal<RemoteCall> STARTING = new ThreadLocal<>();

    private static final WeakIdentityMap<OllamaAsyncResultStreamer, RemoteCall> READERS = new WeakIdentityMap<>();

    private Ollama4jCalls() {}

    private static RemoteServer server(Object client, @Nullable String host) {
        return SERVERS.of(client, unknown -> RemoteServer.of(PROVIDER, host, ""));
    }

    /** Begins a chat or a completion, or goes into another method of it. What the library refuses, it refuses itself. */
    static Object begin(RemoteServer server, @Nullable Object request) {
        Exchange exchange = OPEN.get();
        if (exchange == null) {
            String operation = request instanceof OllamaChatRequest ? RemoteCalls.CHAT : RemoteCalls.TEXT_COMPLETION;
            String model = request instanceof OllamaCommonRequest asked ? text(asked.getModel()) : "";
            RemoteCall call = CALLS.start(server, model, operation, Work.TEXT, 1);
            try {
                exchange = Exchange.of(call);
                OPEN.set(exchange);
            } catch (Throwable broken) { // for want of memory: nobody could ever end it
                call.lost();
                throw broken;
            }
        } else {
            exchange.enter();
        }
        return exchange;
    }

    static Object begin(Object client, @Nullable String host, @Nullable Object request) {
        return begin(server(client, host), request);
    }

    /** Begins one of the requests of an exchange, or one that the application itself makes through the lower level. */
    static Object request(@Nullable String host, @Nullable Object request) {
        Exchange exchange = OPEN.get();
        RemoteServer server = exchange == null ? RemoteServer.of(PROVIDER, host, "") : RemoteServer.UNKNOWN;
        Exchange begun = (Exchange) begin(server, request);
        if (request instanceof OllamaCommonRequest asked && asked.isStream()) {
            begun.stream();
        }
        return begun;
    }

    /** Ends a request of an exchange: what it tells is added up, since the library passes on the last answer only. */
    static void answered(@Nullable Object begun, @Nullable Object answer, @Nullable Throwable error) {
        if (begun != null) {
            Exchange exchange = (Exchange) begun;
            try {
                exchange.hear(answer, told -> hear(exchange, told));
            } finally {
                finish(begun, error); // else this thread would never begin another one
            }
        }
    }

    private static void hear(Exchange exchange, Object answer) {
        if (answer instanceof OllamaChatResult chat) {
            OllamaChatResponseModel last = chat.getResponseModel();
            if (last != null) {
                exchange.answeredBy(last.getModel());
                exchange.add(last.getPromptEvalCount(), last.getEvalCount());
            }
        } else if (answer instanceof OllamaResult completion) {
            exchange.answeredBy(completion.getModel());
            exchange.add(completion.getPromptEvalCount(), completion.getEvalCount());
        }
    }

    static void finish(@Nullable Object begun, @Nullable Throwable error) {
        Exchange exchange = (Exchange) begun;
        if (exchange != null && exchange.leave()) {
            OPEN.remove();
            exchange.end(error);
        }
    }

    static Object embed(Object client, @Nullable String host, @Nullable OllamaEmbedRequest request) {
        List<String> inputs = request == null ? null : request.getInput();
        return CALLS.start(
                server(client, host),
                request == null ? "" : text(request.getModel()),
                RemoteCalls.EMBEDDINGS,
                Work.EMBEDDING,
                inputs == null ? 1 : inputs.size());
    }

    static void embedded(@Nullable Object begun, @Nullable OllamaEmbedResult result, @Nullable Throwable error) {
        if (begun != null) {
            ((RemoteCall) begun).answered(result, Ollama4jCalls::tell, error);
        }
    }

    /** A server that does not count says zero here. */
    private static void tell(RemoteCall call, OllamaEmbedResult result) {
        call.answeredBy(result.getModel());
        int input = result.getPromptEvalCount();
        call.tokens(input > 0 ? input : TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
    }

    /** Hears a piece of an answer, as it comes or when its reader looks at it again. */
    static void piece(Object piece, boolean last) {
        Exchange exchange = OPEN.get();
        if (exchange == null) {
            return;
        }
        exchange.piece();
        if (last && exchange.readsAlone() && piece instanceof OllamaGenerateResponseModel end) {
            exchange.answeredBy(end.getModel());
            exchange.set(end.getPromptEvalCount(), end.getEvalCount());
        }
    }

    static Object beginReader(Object client, @Nullable String host, @Nullable String model) {
        RemoteCall call = CALLS.start(server(client, host), text(model), RemoteCalls.TEXT_COMPLETION, Work.TEXT, 1);
        try {
            STARTING.set(call);
        } catch (Throwable broken) { // for want of memory: nobody could ever end it
            call.lost();
            throw broken;
        }
        return call;
    }

    /** Ends the call when there is no thread that will. */
    static void readerBegun(@Nullable Object begun, @Nullable Throwable error) {
        RemoteCall call = (RemoteCall) begun;
        if (call == null) {
            return;
        }
        STARTING.remove();
        if (error == null) {
            call.detach();
        } else {
            call.finish(error);
        }
    }

    static void madeReader(OllamaAsyncResultStreamer reader) {
        RemoteCall call = STARTING.get();
        if (call != null) {
            READERS.put(reader, call);
        }
    }

    static @Nullable Object read(OllamaAsyncResultStreamer reader) {
        if (OPEN.get() != null) {
            return null;
        }
        RemoteCall call = READERS.remove(reader);
        Exchange exchange = Exchange.ofReader(call == null ? beginUnseen(reader) : call);
        OPEN.set(exchange);
        return exchange;
    }

    /** Begins the call of a reader that the application itself has made; only its request knows the address. */
    private static RemoteCall beginUnseen(OllamaAsyncResultStreamer reader) {
        OllamaCommonRequest request = reader.getOllamaRequestModel();
        String model = request == null ? "" : text(request.getModel());
        return CALLS.start(RemoteServer.of(PROVIDER, null, ""), model, RemoteCalls.TEXT_COMPLETION, Work.TEXT, 1);
    }

    /** The thread swallows what goes wrong, and says only that it did. */
    static void haveRead(@Nullable Object begun, OllamaAsyncResultStreamer reader, @Nullable Throwable error) {
        Exchange exchange = (Exchange) begun;
        if (exchange == null) {
            return;
        }
        OPEN.remove();
        if (error != null) {
            exchange.end(error);
        } else if (reader.isSucceeded()) {
            exchange.end(Outcome.OK);
        } else {
            exchange.end(Thread.currentThread().isInterrupted() ? Outcome.CANCELLED : Outcome.ERROR);
        }
    }

    private static String text(@Nullable String model) {
        return model == null ? "" : model;
    }
}
