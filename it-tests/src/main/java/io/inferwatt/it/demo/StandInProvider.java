package io.inferwatt.it.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers in the protocol of OpenAI's chat completions, in the place of a provider that would cost money. It computes nothing; it
 * counts a token for each four characters of what it is sent, and says that it wrote {@value #ANSWER_TOKENS}.
 */
final class StandInProvider implements AutoCloseable {

    private static final int ANSWER_TOKENS = 24;
    private static final int CHARACTERS_PER_TOKEN = 4;
    private static final String MODEL = "\"model\"";

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(4);

    StandInProvider() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", StandInProvider::handle);
        server.setExecutor(workers);
        server.start();
    }

    /** Returns host and port. */
    String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns what a client takes as its base URL. */
    String address() {
        return "http://" + host() + "/v1";
    }

    private static void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String request = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            long input = Math.max(1, request.length() / CHARACTERS_PER_TOKEN);
            byte[] answer = """
                    {"id":"1","object":"chat.completion","created":1,"model":"%s","choices":[{"index":0,"message":\
                    {"role":"assistant","content":"a stand-in's answer"},"finish_reason":"stop"}],\
                    "usage":{"prompt_tokens":%d,"completion_tokens":%d,"total_tokens":%d}}""".formatted(model(request), input, ANSWER_TOKENS, input + ANSWER_TOKENS)
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static String model(String request) {
        int begin = request.indexOf('"', request.indexOf(MODEL) + MODEL.length()) + 1;
        return request.substring(begin, request.indexOf('"', begin));
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
    }
}
