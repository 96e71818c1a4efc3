package io.inferwatt.it.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Clients of the endpoint that do not do as clients should; each does its worst and is gone at once. */
final class RudeClients {

    /** Ways to be rude. */
    enum Fault {
        SILENT,
        HALF_A_REQUEST,
        NO_HTTP,
        CUT_OFF,
        HUGE_HEADER,
        MANY
    }

    private static final int MANY_CLIENTS = 40;

    private final int port;

    RudeClients(int port) {
        this.port = port;
    }

    Fault comeBy(Random random) throws IOException {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        switch (fault) {
            case SILENT -> say("", random);
            case HALF_A_REQUEST -> say("GET /metrics HTTP/1.1\r\nHost: 127", random);
            case NO_HTTP -> say("\0\1\2 nonsense\r\n\r\n", random);
            case CUT_OFF -> say("GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", random);
            case HUGE_HEADER ->
                say("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + "x".repeat(100_000) + "\r\n\r\n", random);
            case MANY -> {
                for (int i = 0; i < MANY_CLIENTS; i++) {
                    say("GET /api/v1/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", random);
                }
            }
        }
        return fault;
    }

    /** Closes in the middle: with a reset, or as if all were well. */
    private void say(String text, Random random) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            if (random.nextBoolean()) {
                socket.setSoLinger(true, 0);
            }
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException refused) {
            if (!String.valueOf(refused.getMessage()).contains("reset")
                    && !String.valueOf(refused.getMessage()).contains("Broken pipe")) {
                throw refused; // an endpoint that has gone is no rudeness
            }
        }
    }
}
