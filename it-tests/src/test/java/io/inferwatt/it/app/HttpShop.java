package io.inferwatt.it.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A service with a model of its own and a remote one: {@code /answer?…} is answered by {@link AnsweringModel}, {@code /chat} asks as
 * {@link RemoteAsker} does. It ends with its standard input.
 */
public final class HttpShop {

    private static final int THREADS = 2;

    private final AnsweringModel model;
    private final RemoteAsker remote;

    private HttpShop(AnsweringModel model, RemoteAsker remote) {
        this.model = model;
        this.remote = remote;
    }

    /** @param arguments the model's file; the port of the remote model */
    public static void main(String[] arguments) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService workers = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(workers);
        try (AnsweringModel model = new AnsweringModel(arguments[0])) {
            HttpShop shop = new HttpShop(model, new RemoteAsker(arguments[1]));
            server.createContext("/", shop::serve);
            server.start();
            System.out.println("serving " + server.getAddress().getPort());
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
            server.stop(0);
            workers.shutdown();
        }
        System.out.println("bye");
        System.exit(0); // the client's own threads would keep this process alive
    }

    private void serve(HttpExchange exchange) throws IOException {
        byte[] answer;
        int status = 200;
        try {
            answer = answer(exchange).getBytes(StandardCharsets.UTF_8);
        } catch (Exception failed) {
            status = 500;
            answer = failed.toString().getBytes(StandardCharsets.UTF_8);
        }
        exchange.sendResponseHeaders(status, answer.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(answer);
        }
    }

    private String answer(HttpExchange exchange) throws Exception {
        if (exchange.getRequestURI().getPath().equals("/chat")) {
            remote.ask("chat");
            return "chatted";
        }
        return model.answer(exchange.getRequestURI().getQuery());
    }
}
