package io.inferwatt.core.testservers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A program that listens on a port, which it prints, and burns processor time while a client wants it to: it reads one byte, {@code
 * s} burns itself and {@code c} by a child process, until the client sends another one; then it answers with one and waits for the
 * next client. Ends with its standard input.
 */
public final class BurningServer {

    private BurningServer() {}

    public static void main(String[] args) throws Exception {
        Thread end = new Thread(BurningServer::endWithInput);
        end.setDaemon(true);
        end.start();
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            System.out.write((server.getLocalPort() + "\n").getBytes(StandardCharsets.US_ASCII));
            System.out.flush();
            while (true) {
                try (Socket client = server.accept()) {
                    serve(client);
                }
            }
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        } catch (IOException e) {
            // Closed: the same.
        }
        Runtime.getRuntime().halt(0);
    }

    private static void serve(Socket client) throws Exception {
        if (client.getInputStream().read() == 'c') {
            Process child = new ProcessBuilder("sh", "-c", "while :; do :; done").start();
            client.getInputStream().read();
            child.destroyForcibly().waitFor();
        } else {
            while (client.getInputStream().available() == 0) {
                Thread.onSpinWait();
            }
        }
        client.getOutputStream().write('.');
    }
}
