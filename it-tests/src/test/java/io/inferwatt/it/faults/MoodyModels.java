package io.inferwatt.it.faults;

import io.inferwatt.core.testservers.Connections;
import io.inferwatt.core.testservers.OpenAiWire;
import io.inferwatt.it.app.MoodyQuestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server of models with OpenAI's protocol that treats each question as that asks for, well or badly: whoever asks the same gets the same,
 * however often and in whatever order.
 */
final class MoodyModels implements AutoCloseable {

    private static final String JSON = "application/json";
    private static final int PATIENCE_MILLIS = 300_000;

    private final Connections connections = Connections.open("moody-models");
    private final Map<String, Integer> treated = new TreeMap<>();

    private MoodyModels() {}

    static MoodyModels start() {
        MoodyModels models = new MoodyModels();
        models.connections.serveBy(models::serve);
        return models;
    }

    int port() {
        return connections.uri().getPort();
    }

    /** Returns how many questions were treated in which way, those included that a client asked once more by itself. */
    synchronized Map<String, Integer> treated() {
        return new TreeMap<>(treated);
    }

    private synchronized void count(MoodyQuestion.Mood mood) {
        treated.merge("models." + mood, 1, Integer::sum);
    }

    private void serve(Socket client) throws IOException {
        client.setSoTimeout(PATIENCE_MILLIS);
        client.setTcpNoDelay(true);
        InputStream in = client.getInputStream();
        boolean goOn = true;
        while (goOn) {
            goOn = answer(client, question(in));
        }
    }

    private static MoodyQuestion question(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no further request");
            }
            head.append((char) next);
        }
        int length = 0;
        for (String line : head.toString().toLowerCase(Locale.ROOT).split("\r\n", -1)) {
            if (line.startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return MoodyQuestion.in(new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    /** Returns whether the client may ask the next one on the same connection. */
    private boolean answer(Socket client, MoodyQuestion question) throws IOException {
        count(question.mood());
        OutputStream out = client.getOutputStream();
        String good = OpenAiWire.chat(MoodyQuestion.MODEL, OpenAiWire.usage(10, 0, 5, 0))
                .replace(OpenAiWire.TEXT, question.answer());
        switch (question.mood()) {
            case GOOD -> whole(out, "200 OK", JSON, good);
            case SLOW -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15));
                whole(out, "200 OK", JSON, good);
            }
            case STREAMED -> {
                chunks(out, events(question), Integer.MAX_VALUE);
                out.write(ascii("0\r\n\r\n"));
            }
            case TOO_MANY_429 -> whole(out, "429 Too Many Requests", JSON, OpenAiWire.error("slow down"));
            case ERROR_500 -> whole(out, "500 Internal Server Error", JSON, OpenAiWire.error("broken"));
            case NO_JSON -> whole(out, "200 OK", JSON, "<html>" + question.answer());
            case CUT_STREAM -> {
                chunks(out, events(question), 2);
                return false;
            }
            case HALF_AN_ANSWER -> {
                out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: " + JSON + "\r\nContent-Length: 100000\r\n\r\n{"));
                return false;
            }
            case RESET -> {
                client.setSoLinger(true, 0);
                return false;
            }
        }
        out.flush();
        return true;
    }

    private static String[] events(MoodyQuestion question) {
        String[] events = OpenAiWire.chatEvents(MoodyQuestion.MODEL, OpenAiWire.usage(10, 0, 5, 0));
        events[1] = events[1].replace(" there", question.answer());
        return events;
    }

    private static void whole(OutputStream out, String status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(ascii("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length
                + "\r\n\r\n"));
        out.write(bytes);
    }

    private static void chunks(OutputStream out, String[] events, int most) throws IOException {
        out.write(ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"));
        for (int i = 0; i < Math.min(most, events.length); i++) {
            byte[] piece = (events[i] + "\n\n").getBytes(StandardCharsets.UTF_8);
            out.write(ascii(Integer.toHexString(piece.length) + "\r\n"));
            out.write(piece);
            out.write(ascii("\r\n"));
            out.flush();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        connections.close();
    }
}
