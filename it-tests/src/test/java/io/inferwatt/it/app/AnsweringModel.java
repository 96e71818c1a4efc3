package io.inferwatt.it.app;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/**
 * An application that answers each line on its standard input with the sum of what an ONNX model makes of its characters, and tells
 * at the end which threads hold the JVM. The answers are known without a model, and its calls are one for each line.
 */
public final class AnsweringModel implements AutoCloseable {

    /** Rows of each call. */
    public static final int ROWS = 3;

    private static final int TOKENS = 5;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession.SessionOptions options;
    private final OrtSession session;

    public AnsweringModel(String file) throws OrtException {
        options = new OrtSession.SessionOptions();
        session = environment.createSession(file, options);
    }

    /** Writes the model to a file whose name, without the ending, is its name. */
    public static Path write(Path file) throws Exception {
        return Files.write(file, TinyModel.bytes());
    }

    /** Returns what the application must answer. */
    public static String expected(String question) {
        return text(question, sum(tokens(question)));
    }

    /** Asks the model. From any thread. */
    public String answer(String question) throws OrtException {
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, tokens(question));
                OrtSession.Result result = session.run(Map.of("input_ids", ids))) {
            return text(question, sum((long[][]) result.get(0).getValue()));
        }
    }

    private static long[][] tokens(String question) {
        long[][] tokens = new long[ROWS][TOKENS];
        for (int i = 0; i < ROWS * TOKENS; i++) {
            tokens[i / TOKENS][i % TOKENS] = (i + 1L) * question.charAt(i % question.length());
        }
        return tokens;
    }

    private static long sum(long[][] values) {
        long sum = 0;
        for (long[] row : values) {
            for (long value : row) {
                sum = sum * 31 + value;
            }
        }
        return sum;
    }

    private static String text(String question, long sum) {
        return "answer to " + question + ": " + sum;
    }

    @Override
    public void close() throws OrtException {
        session.close();
        options.close();
    }

    /** Answers until the standard input ends. */
    public void serve() throws Exception {
        System.out.println("ready");
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(answer(line));
        }
        TreeSet<String> holding = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (!thread.isDaemon()) {
                holding.add(thread.getName());
            }
        }
        System.out.println("threads that hold the JVM " + holding);
    }

    /** @param arguments the model's file */
    public static void main(String[] arguments) throws Exception {
        try (AnsweringModel model = new AnsweringModel(arguments[0])) {
            model.serve();
        }
    }
}
