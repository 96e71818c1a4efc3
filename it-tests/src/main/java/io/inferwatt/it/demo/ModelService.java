package io.inferwatt.it.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers {@code POST /ask?model=NAME}, a text as body, with what the model makes of it as JSON. Loopback only. It knows nothing
 * of Inferwatt: what it would take to meter it is the agent on its command line.
 */
final class ModelService implements AutoCloseable {

    private static final int LONGEST_TEXT_BYTES = 64 * 1024;
    private static final String MODEL_PARAMETER = "model=";

    private final Map<String, ServedModel> models = new TreeMap<>();
    private final HttpServer server;
    private final ExecutorService workers;

    private ModelService(Collection<ServedModel> models, HttpServer server, ExecutorService workers) {
        models.forEach(model -> this.models.put(model.name(), model));
        this.server = server;
        this.workers = workers;
    }

    /** Starts on any free port; the models stay the caller's to close. */
    static ModelService start(Collection<ServedModel> models) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // One more than processors: a request that is being read must not keep a model waiting.
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors() + 1);
        ModelService service = new ModelService(models, server, workers);
        server.createContext("/ask", service::handle);
        server.setExecutor(workers);
        server.start();
        return service;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ask");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!"POST".equals(exchange.getRequestMethod())) {
                answer(exchange, 405, error("send the text as the body of a POST"));
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(LONGEST_TEXT_BYTES + 1);
            String text = new String(body, UTF_8);
            ServedModel model = models.get(parameter(exchange.getRequestURI().getQuery()));
            if (model == null) {
                answer(exchange, 404, error("set ?model= to one of " + String.join(", ", models.keySet())));
            } else if (body.length > LONGEST_TEXT_BYTES) {
                answer(exchange, 413, error("a text has at most " + LONGEST_TEXT_BYTES + " bytes"));
            } else if (text.isBlank()) {
                answer(exchange, 400, error("the text is empty"));
            } else {
                ask(exchange, model, text);
            }
        }
    }

    private static void ask(HttpExchange exchange, ServedModel model, String text) throws IOException {
        String answer;
        try {
            answer = "{\"model\":\"" + model.name() + "\",\"answer\":" + model.answer(text) + "}";
        } catch (Exception failure) {
            answer(
                    exchange,
                    500,
                    error("the model failed: " + failure.getClass().getSimpleName()));
            return;
        }
        answer(exchange, 200, answer);
    }

    /** Returns the value of the parameter, or an empty text. */
    private static String parameter(String query) {
        if (query != null) {
            for (String part : query.split("&", -1)) {
                if (part.startsWith(MODEL_PARAMETER)) {
                    return part.substring(MODEL_PARAMETER.length());
                }
            }
        }
        return "";
    }

    private static String error(String message) {
        return "{\"error\":\"" + message + "\"}";
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdown();
    }
}
