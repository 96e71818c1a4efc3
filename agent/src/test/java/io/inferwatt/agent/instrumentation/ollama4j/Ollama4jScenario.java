package io.inferwatt.agent.instrumentation.ollama4j;

import io.github.ollama4j.Ollama;
import io.github.ollama4j.models.chat.OllamaChatMessage;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.models.generate.OllamaGenerateRequest;
import io.github.ollama4j.models.generate.OllamaGenerateStreamObserver;
import io.github.ollama4j.models.request.OllamaChatEndpointCaller;
import io.github.ollama4j.models.request.ThinkMode;
import io.github.ollama4j.models.response.OllamaAsyncResultStreamer;
import io.github.ollama4j.tools.Tools;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.testservers.OllamaWire;
import io.inferwatt.core.testservers.WireServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The library's client, unmodified, against a server that speaks Ollama's protocol. */
public final class Ollama4jScenario implements Ollama4jUse {

    static final String MODEL = "qwen3:0.6b";

    private final WireServer server = new WireServer();
    private final Ollama client = new Ollama(server.address());

    public Ollama4jScenario() {
        server.answer(OllamaWire.chat(MODEL, "Hello", 11, 22));
    }

    @Override
    public WireServer server() {
        return server;
    }

    @Override
    public void call() throws Exception {
        chat();
    }

    @Override
    public void failingCall() throws Exception {
        server.answer(OllamaWire.error(500, "broken"));
        chat();
    }

    @Override
    public void callWithNull() throws Exception {
        client.chat(null, null);
    }

    @Override
    public ModelKey key() {
        return new ModelKey(MODEL, "chat", true);
    }

    @Override
    public long rows() {
        return 1;
    }

    /** There is nothing to close but the server. */
    @Override
    public void callAfterClose() throws Exception {
        try (server) {
            call();
        }
    }

    private static OllamaChatRequest chatRequest() {
        OllamaChatRequest request = new OllamaChatRequest();
        request.setModel(MODEL);
        request.setMessages(new ArrayList<>(List.of(new OllamaChatMessage(OllamaChatMessageRole.USER, "Hello"))));
        return request;
    }

    @Override
    public String chat() throws Exception {
        return client.chat(chatRequest(), null).getResponseModel().getMessage().getResponse();
    }

    @Override
    public List<String> chatInPieces() throws Exception {
        List<String> pieces = new ArrayList<>();
        client.chat(chatRequest(), piece -> pieces.add(piece.getMessage().getResponse()));
        return pieces;
    }

    private static Tools.Tool clock(Runnable tool) {
        return Tools.Tool.builder()
                .toolSpec(Tools.ToolSpec.builder()
                        .name("clock")
                        .description("tells the time")
                        .build())
                .toolFunction(arguments -> {
                    tool.run();
                    return "noon";
                })
                .build();
    }

    @Override
    public String chatWithTool(Runnable tool) throws Exception {
        OllamaChatRequest request = chatRequest();
        request.setTools(new ArrayList<>(List.of(clock(tool))));
        return client.chat(request, null).getResponseModel().getMessage().getResponse();
    }

    @Override
    public String generate() throws Exception {
        return client.generate(generateRequest(), null).getResponse();
    }

    private static OllamaGenerateRequest generateRequest() {
        OllamaGenerateRequest request = new OllamaGenerateRequest(MODEL, "Hello");
        request.setThink(ThinkMode.DISABLED);
        return request;
    }

    @Override
    public String generateWithTool() throws Exception {
        OllamaGenerateRequest request = generateRequest();
        request.setUseTools(true);
        request.setTools(new ArrayList<>(List.of(clock(() -> {}))));
        return client.generate(request, null).getResponse();
    }

    @Override
    public List<String> generateInPieces() throws Exception {
        List<String> pieces = new ArrayList<>();
        client.generate(generateRequest(), new OllamaGenerateStreamObserver(null, pieces::add));
        return pieces;
    }

    @Override
    public Reading generateLater() throws Exception {
        return new Reader(client.generateAsync(MODEL, "Hello", false, ThinkMode.DISABLED));
    }

    @Override
    public Reading readByHand() throws Exception {
        OllamaAsyncResultStreamer reader = new OllamaAsyncResultStreamer(
                HttpRequest.newBuilder(URI.create(server.address() + "/api/generate")), generateRequest(), 30);
        reader.start();
        return new Reader(reader);
    }

    @Override
    public int embed(int inputs) throws Exception {
        OllamaEmbedRequest request = new OllamaEmbedRequest(MODEL, Collections.nCopies(inputs, "Hello"));
        return client.embed(request).getEmbeddings().size();
    }

    @Override
    public String chatDirectly() throws Exception {
        return new OllamaChatEndpointCaller(server.address(), null, 30)
                .callSync(chatRequest())
                .getResponseModel()
                .getMessage()
                .getResponse();
    }

    @Override
    public void close() {
        server.close();
    }

    private record Reader(OllamaAsyncResultStreamer streamer) implements Reading {

        @Override
        public void await() throws InterruptedException {
            streamer.join();
        }

        @Override
        public void interrupt() {
            streamer.interrupt();
        }

        @Override
        public boolean succeeded() {
            return streamer.isSucceeded();
        }

        @Override
        public String answer() {
            return streamer.getCompleteResponse();
        }
    }
}
