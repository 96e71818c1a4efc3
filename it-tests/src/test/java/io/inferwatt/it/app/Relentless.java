package io.inferwatt.it.app;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.inferwatt.core.facade.MeteredCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An application that calls several models, thousands of times a second, until the next line on its standard input; then tells how many calls it
 * made of each. Each thread has a pace, and never makes up for calls that it missed.
 */
public final class Relentless {

    private static final int ROWS = 3;
    private static final int TOKENS = 5;
    private static final int STEPS = 2000;

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private volatile boolean ended;

    private Relentless() {}

    /** @param arguments a folder for the models' files, calls a second of each model, names of the models: those that begin with {@code told} are none */
    public static void main(String[] arguments) throws Exception {
        Relentless application = new Relentless();
        Path folder = Path.of(arguments[0]);
        long pauseNanos = TimeUnit.SECONDS.toNanos(1) / Long.parseLong(arguments[1]);
        List<String> models = Arrays.asList(arguments).subList(2, arguments.length);
        long[] counts = new long[models.size()];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            int number = i;
            Runnable call = application.caller(folder, models.get(i));
            threads.add(new Thread(() -> counts[number] = application.repeat(call, pauseNanos), models.get(i)));
        }
        System.out.println("ready");
        Scanner words = new Scanner(System.in, "UTF-8");
        String unused = words.nextLine();
        threads.forEach(Thread::start);
        unused = words.nextLine();
        application.ended = true;
        StringBuilder told = new StringBuilder("made");
        for (int i = 0; i < counts.length; i++) {
            threads.get(i).join();
            told.append(' ').append(counts[i]);
        }
        System.out.println(told);
        while (words.hasNextLine()) {
            unused = words.nextLine();
        }
    }

    private Runnable caller(Path folder, String model) throws Exception {
        if (model.startsWith("told")) {
            return () -> tell(model);
        }
        Path file = Files.write(folder.resolve(model + ".onnx"), TinyModel.bytes());
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        OrtSession session = environment.createSession(file.toString(), options);
        OnnxTensor ids = OnnxTensor.createTensor(environment, new long[ROWS][TOKENS]);
        Map<String, OnnxTensor> inputs = Map.of("input_ids", ids);
        return () -> run(session, inputs);
    }

    private static void run(OrtSession session, Map<String, OnnxTensor> inputs) {
        try {
            session.run(inputs).close();
        } catch (OrtException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static void tell(String model) {
        try (MeteredCall call = MeteredCall.begin(model, ROWS)) {
            double sum = 0;
            for (int i = 0; i < STEPS; i++) {
                sum += Math.sqrt(sum + i);
            }
            if (sum < 0) {
                call.failed(new IllegalStateException("impossible"));
            }
        }
    }

    private long repeat(Runnable call, long pauseNanos) {
        long count = 0;
        long next = System.nanoTime();
        while (!ended) {
            call.run();
            count++;
            next += pauseNanos;
            long left = next - System.nanoTime();
            if (left > 0) {
                LockSupport.parkNanos(left);
            } else if (left < -TimeUnit.MILLISECONDS.toNanos(100)) {
                next = System.nanoTime();
            }
        }
        return count;
    }
}
