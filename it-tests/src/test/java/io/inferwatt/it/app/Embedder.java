package io.inferwatt.it.app;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An application with sentence embedding models. Each line on its standard input is a number of calls, which all models
 * then do at the same time, one thread each; a second number is the pause after each call in milliseconds.
 */
public final class Embedder {

    /** Sentences in a call. */
    public static final int ROWS = 4;
    /** Tokens in a sentence of usual length. */
    public static final int TOKENS = 64;

    private static final long SOME_TOKEN = 2054;

    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs = new HashMap<>();

    private Embedder(String file, int threads, String spinning, int tokens) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.addConfigEntry("session.intra_op.allow_spinning", spinning);
            session = environment.createSession(file, options);
        }
        for (String input : session.getInputNames()) {
            long[][] values = new long[ROWS][tokens];
            for (long[] row : values) {
                Arrays.fill(row, valueOf(input));
            }
            inputs.put(input, OnnxTensor.createTensor(environment, values));
        }
    }

    private static long valueOf(String input) {
        return switch (input) {
            case "input_ids" -> SOME_TOKEN;
            case "attention_mask" -> 1;
            default -> 0;
        };
    }

    private void call(int times, long pauseMillis) {
        try {
            for (int i = 0; i < times; i++) {
                session.run(inputs).close();
                Thread.sleep(pauseMillis);
            }
        } catch (OrtException | InterruptedException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** @param arguments for each model a file, a number of engine threads, whether they spin (0 or 1), tokens of a sentence */
    public static void main(String[] arguments) throws Exception {
        List<Embedder> models = new ArrayList<>();
        for (int i = 0; i < arguments.length; i += 4) {
            models.add(new Embedder(
                    arguments[i],
                    Integer.parseInt(arguments[i + 1]),
                    arguments[i + 2],
                    Integer.parseInt(arguments[i + 3])));
        }
        System.out.println("ready");
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            String[] order = line.split(" ");
            int times = Integer.parseInt(order[0]);
            long pauseMillis = order.length > 1 ? Long.parseLong(order[1]) : 0;
            List<Thread> threads = new ArrayList<>();
            for (Embedder model : models) {
                Thread thread = new Thread(() -> model.call(times, pauseMillis));
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            System.out.println("did " + times);
        }
    }
}
