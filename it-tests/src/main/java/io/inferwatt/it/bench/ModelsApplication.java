package io.inferwatt.it.bench;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that runs ONNX models at about a given rate, one thread a model. Asked on its standard input for
 * {@code memory} or {@code work} it tells that in a line; it ends with its input.
 *
 * <p>Arguments: a folder for the models' files, how many models, calls a second of each.
 */
final class ModelsApplication {

    /** One Identity node from input_ids to y, both 64-bit integers of shape n × 5. */
    private static final String COPY_TOKENS =
            "08083a540a180a09696e7075745f69647312017922084964656e74697479120474696e795a1c0a09696e7075745f696473120f0a0d080712090a0312016e0a02080562140a0179120f0a0d080712090a0312016e0a02080542021011";

    private static final int ROWS = 3;
    private static final int TOKENS = 5;
    private static final int COLLECTIONS = 3;

    private static final AtomicLong CALLS = new AtomicLong();

    private ModelsApplication() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        int models = Integer.parseInt(arguments[1]);
        long pauseNanos = TimeUnit.SECONDS.toNanos(1) / Integer.parseInt(arguments[2]);
        for (int i = 0; i < models; i++) {
            Path file = Files.write(
                    folder.resolve("model-" + i + ".onnx"), HexFormat.of().parseHex(COPY_TOKENS));
            Thread thread = new Thread(() -> run(file, pauseNanos), "model-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        System.out.println("ready");
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String question = questions.readLine(); question != null; question = questions.readLine()) {
            System.out.println(question + " " + (question.equals("memory") ? memory() : work()));
        }
    }

    private static void run(Path file, long pauseNanos) {
        try (OrtEnvironment environment = OrtEnvironment.getEnvironment();
                OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(file.toString(), options);
                OnnxTensor ids = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS])) {
            while (true) {
                session.run(Map.of("input_ids", ids)).close();
                CALLS.incrementAndGet();
                LockSupport.parkNanos(pauseNanos);
            }
        } catch (OrtException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Returns processor milliseconds of the JVM, those of the agent's sampler, and calls so far. */
    private static String work() {
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double samplerMillis = 0;
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("inferwatt-sampler")) {
                samplerMillis = threads.getThreadCpuTime(thread.getId()) / 1e6;
            }
        }
        return cpu.toMillis() + " " + samplerMillis + " " + CALLS.get();
    }

    /** Returns heap and metaspace in bytes, and the number of classes. */
    private static String memory() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        long metaspace = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals("Metaspace")) { // includes the compressed class space
                metaspace = pool.getUsage().getUsed();
            }
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()
                + " " + metaspace
                + " " + ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }
}
