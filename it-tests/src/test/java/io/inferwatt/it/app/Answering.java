package io.inferwatt.it.app;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.inferwatt.core.facade.MeteredCall;
import io.inferwatt.core.facade.TenantScope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * An application of several threads that ask models in all the ways there are, and add what comes out to one number: the same seed gives the
 * same number, whatever happens around it. Told what to do on its standard input:
 *
 * <ul>
 *   <li>{@code run calls micros}: each thread makes so many calls, with such pauses; answered with {@code answers <number>} and, in order of
 *       {@link Kind}, how many calls there were of each
 *   <li>{@code odd calls}: so many calls with inputs that only the library can read, from this thread; {@code odd <number>}
 *   <li>{@code interrupt}: interrupts all threads but this one and those that ask a remote model just then, {@code interrupted}
 * </ul>
 */
public final class Answering {

    private static final int ROWS = 3;
    private static final int TOKENS = 5;
    private static final int REMOTE_ONE_IN = 4;

    /** What is asked; the model is called like the kind, in lower case. */
    public enum Kind {
        /** A model of ONNX Runtime. */
        TINY,
        /** Another one. */
        SMALL,
        /** A call of that model which fails. */
        FAILED,
        /** A call that the application tells of. */
        TOLD,
        /** One that it begins on one thread and ends on another. */
        HANDED,
        /** One that settings name, whose answer is a future. */
        LATER,
        /** One that settings name, on behalf of a tenant; the getter that tells the model's name always throws. */
        SCORED,
        /** A question to a remote model. */
        REMOTE,
        /** One that a remote model does not answer as it should. */
        REFUSED
    }

    /** The methods that settings name, as the value of {@code methods}. */
    public static final String METHODS = Later.class.getName() + "#ask:model=later;" + Scorer.class.getName()
            + "#score:model=scored:units=arg0;" + Scorer.class.getName() + "#nameless:model=name()";

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession tiny;
    private final OrtSession small;
    private final ExecutorService others = Executors.newFixedThreadPool(2, task -> daemon(task, "other"));
    private final Later later = new Later(others);
    private final Scorer scorer = new Scorer();
    private final MoodyClient remote;
    private final long seed;
    private final int threads;

    private Answering(long seed, int threads, Path folder, String port) throws Exception {
        this.remote = new MoodyClient(port);
        this.seed = seed;
        this.threads = threads;
        tiny = session(folder.resolve("tiny.onnx"));
        small = session(folder.resolve("small.onnx"));
    }

    private OrtSession session(Path file) throws Exception {
        Files.write(file, TinyModel.bytes());
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return environment.createSession(file.toString(), options);
        }
    }

    /** @param arguments the seed, how many threads ask, a folder for files of models, the port of remote ones */
    public static void main(String[] arguments) throws Exception {
        Answering application = new Answering(
                Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2]), arguments[3]);
        System.out.println("ready");
        Thread running = null;
        try (Scanner orders = new Scanner(System.in, "UTF-8")) {
            while (orders.hasNextLine()) {
                String[] order = orders.nextLine().split(" ");
                switch (order[0]) {
                    case "run" -> {
                        int calls = Integer.parseInt(order[1]);
                        long pauseNanos = Long.parseLong(order[2]) * 1000;
                        running = daemon(() -> application.run(calls, pauseNanos), "run");
                        running.start();
                    }
                    case "odd" -> System.out.println("odd " + application.odd(Integer.parseInt(order[1])));
                    case "interrupt" -> {
                        application.interruptOthers();
                        System.out.println("interrupted");
                    }
                    default -> throw new IllegalArgumentException(order[0]);
                }
            }
        }
        System.exit(0); // whatever runs
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private void interruptOthers() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread != Thread.currentThread()) {
                remote.interrupt(thread);
            }
        }
    }

    private void run(int calls, long pauseNanos) {
        long[] sums = new long[threads];
        long[][] counts = new long[threads][Kind.values().length];
        List<Thread> asking = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            Thread thread = daemon(() -> sums[number] = ask(number, calls, pauseNanos, counts[number]), "asking-" + i);
            asking.add(thread);
            thread.start();
        }
        asking.forEach(Answering::awaitEnd);
        long sum = Arrays.hashCode(sums);
        StringBuilder text = new StringBuilder("answers ").append(sum);
        for (Kind kind : Kind.values()) {
            long count = 0;
            for (long[] ofThread : counts) {
                count += ofThread[kind.ordinal()];
            }
            text.append(' ').append(count);
        }
        System.out.println(text);
    }

    private static void awaitEnd(Thread thread) {
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException ofTheTest) {
                // goes on waiting
            }
        }
    }

    private long ask(int number, int calls, long pauseNanos, long[] counts) {
        Random random = new Random(seed + number);
        long sum = 0;
        for (int i = 0; i < calls; i++) {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            if (kind.ordinal() >= Kind.REMOTE.ordinal() && random.nextInt(REMOTE_ONE_IN) > 0) {
                kind = Kind.TOLD; // the others take microseconds
            }
            sum = 31 * sum + answer(kind, random.nextInt());
            counts[kind.ordinal()]++;
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
            boolean unused = Thread.interrupted();
        }
        return sum;
    }

    private long answer(Kind kind, int question) {
        try {
            return switch (kind) {
                case TINY -> run(tiny, "input_ids", question);
                case SMALL -> run(small, "input_ids", question);
                case FAILED -> run(small, "no_such_input", question);
                case TOLD -> told(question);
                case HANDED -> handed(question);
                case LATER -> later.ask(question).join();
                case SCORED -> scored(question);
                case REMOTE -> remote.ask(MoodyQuestion.of(true, question));
                case REFUSED -> remote.ask(MoodyQuestion.of(false, question));
            };
        } catch (OrtException refused) {
            return refused.getMessage().hashCode();
        }
    }

    private long run(OrtSession session, String input, int question) throws OrtException {
        long[][] tokens = new long[ROWS][TOKENS];
        tokens[1][2] = question;
        try (OnnxTensor ids = OnnxTensor.createTensor(environment, tokens)) {
            return sumOf(session, Map.of(input, ids));
        }
    }

    private static long sumOf(OrtSession session, Map<String, OnnxTensor> inputs) throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            return Arrays.deepHashCode((long[][]) result.get(0).getValue());
        }
    }

    private static long told(int question) {
        try (MeteredCall call = MeteredCall.begin("told", ROWS)) {
            return work(question);
        }
    }

    private long handed(int question) {
        MeteredCall call = MeteredCall.begin("handed");
        return CompletableFuture.supplyAsync(
                        () -> {
                            long answer = work(question);
                            call.close();
                            return answer;
                        },
                        others)
                .join();
    }

    private long scored(int question) {
        try (TenantScope scope = TenantScope.enter("customer-" + (question & 7))) {
            return scorer.score(new Oddity(question));
        }
    }

    /** The map throws whoever looks an input up by its name, which the library does not. */
    private long odd(int calls) throws OrtException {
        long sum = 0;
        for (int i = 0; i < calls; i++) {
            try (OnnxTensor ids = OnnxTensor.createTensor(environment, new long[][] {{i, 1, 2, 3, 4}})) {
                sum = 31 * sum + sumOf(tiny, new OddMap(Map.of("input_ids", ids)));
            }
            sum = 31 * sum + scorer.nameless(i);
        }
        return sum;
    }

    private static long work(int question) {
        double sum = question;
        for (int i = 0; i < 200; i++) {
            sum += Math.sin(sum + i);
        }
        return Double.doubleToLongBits(sum);
    }

    /** Answers through a future. */
    public static final class Later {

        private final ExecutorService others;

        Later(ExecutorService others) {
            this.others = others;
        }

        CompletableFuture<Long> ask(int question) {
            return CompletableFuture.supplyAsync(() -> work(question), others);
        }
    }

    /** Scores what is an oddity to whoever looks at it. */
    public static final class Scorer {

        long score(Oddity question) {
            return work(question.number);
        }

        long nameless(int question) {
            return work(question);
        }

        /** Asked by whoever wants to know the model's name. */
        public String name() {
            throw new UnsupportedOperationException("nameless");
        }
    }

    /** A collection that can tell nothing of itself. */
    private static final class Oddity extends AbstractCollection<String> {

        private final int number;

        Oddity(int number) {
            this.number = number;
        }

        @Override
        public int size() {
            return switch (number & 3) {
                case 0 -> -1;
                case 1 -> Integer.MIN_VALUE;
                case 2 -> Integer.MAX_VALUE;
                default -> 1;
            };
        }

        @Override
        public Iterator<String> iterator() {
            throw new UnsupportedOperationException("no iteration");
        }

        @Override
        public String toString() {
            throw new UnsupportedOperationException("no words");
        }

        @Override
        public int hashCode() {
            throw new UnsupportedOperationException("no hash");
        }

        @Override
        public boolean equals(Object other) {
            throw new UnsupportedOperationException("no equality");
        }
    }

    private static final class OddMap extends HashMap<String, OnnxTensor> {

        private static final long serialVersionUID = 1;

        OddMap(Map<String, OnnxTensor> entries) {
            super(entries);
        }

        @Override
        public OnnxTensor get(Object name) {
            throw new UnsupportedOperationException("no look-up by name");
        }
    }
}
