package io.inferwatt.it.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server as a process: ends when its standard input does, and says how many batches it has computed for each line of it. */
final class ModelServer {

    private ModelServer() {}

    /**
     * Serves until the standard input ends.
     *
     * @param arguments the file of the model, and that of its tokenizer
     */
    public static void main(String[] arguments) throws Exception {
        try (InputStream tokenizer = Files.newInputStream(Path.of(arguments[1]));
                TextEmbedder embedder = new TextEmbedder(Path.of(arguments[0]), tokenizer);
                Batcher batcher = new Batcher(embedder, 1);
                HttpFrontend frontend = new HttpFrontend(batcher)) {
            System.out.println("port " + frontend.port());
            report(batcher);
        }
    }

    private static void report(Batcher batcher) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            System.out.println("batches " + batcher.batches());
        }
    }
}
