package io.inferwatt.agent.instrumentation.methods;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** An application with model calls of its own, which knows nothing of the agent; loaded by the application's loader. */
public final class Scoring {

    /** An annotation of the application. */
    @Retention(RetentionPolicy.CLASS)
    public @interface Metered {

        String value() default "";
    }

    /** What is called. */
    public interface Scorer {

        double score(String model, double[] rows);

        default double scoreAll(List<double[]> requests) {
            double sum = 0;
            for (double[] request : requests) {
                sum += score("all", request);
            }
            return sum;
        }
    }

    /** One of several. */
    static final class Linear implements Scorer {

        private final String name;

        Linear(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        @Override
        public double score(String model, double[] rows) {
            return rows[0] * 2;
        }

        double score(double one) {
            return score(name, new double[] {one});
        }

        static int count(int rows) {
            return rows;
        }

        static double ofDouble(int model, long rows) {
            return model * 0.1 + rows;
        }

        static long ofLong(long model, double requests) {
            return model + (long) requests;
        }

        static float ofFloat(float model, short rows) {
            return model + rows;
        }

        static boolean ofBoolean(double model, boolean rows) {
            return model > 0 == rows;
        }

        static void ofNothing(char model, byte requests) {
            lastRequests = model + requests;
        }

        static String ofText(Integer model, double[] rows) {
            return rows.length == model ? "equal" : "other";
        }

        static int lastRequests;

        @Metered("annotated-model")
        CompletableFuture<Double> later(CompletableFuture<Double> answer) {
            return answer;
        }

        @Metered
        Linear() {
            this("made by an annotated constructor");
        }

        @Metered("refusing")
        CompletableFuture<Double> refusing() {
            return new CompletableFuture<>() {
                @Override
                public CompletableFuture<Double> whenComplete(BiConsumer<? super Double, ? super Throwable> action) {
                    throw new UnsupportedOperationException();
                }
            };
        }

        double versioned(Version version) {
            return version.number();
        }

        @Metered
        long failing(String secret) {
            throw new IllegalStateException(secret);
        }
    }

    /** Names a model; there is one for each request. */
    public record Version(int number) {

        public String id() {
            return "v" + number;
        }
    }

    /** What the last future was; still the application's own. */
    private final CompletableFuture<Double> answer = new CompletableFuture<>();

    public void score(String name) {
        new Linear(name).score("from-argument", new double[4]);
    }

    public void scoreOne(String name) {
        new Linear(name).score(1.0);
    }

    public void scoreAll() {
        new Linear("linear").scoreAll(List.of(new double[1], new double[2], new double[3]));
    }

    public int count(int rows) {
        return Linear.count(rows);
    }

    /** Calls each of the methods that take or return primitives. */
    public double primitives(int round) {
        double sum = Linear.ofDouble(300 + round % 2, 1000 + round % 7);
        sum += Linear.ofLong(1L << 40, 2.9);
        sum += Linear.ofFloat(0.1f, (short) 5);
        sum += Linear.ofBoolean(0.1, true) ? 1 : 0;
        Linear.ofNothing('x', (byte) 3);
        return sum;
    }

    private static final double[] ROWS = new double[4];
    private static final Integer MODEL = 1_000_000;

    /** Calls a method that takes and returns objects, and makes none. */
    public String objects() {
        return Linear.ofText(MODEL, ROWS);
    }

    /** Does one of these so many times. */
    public void repeat(boolean primitives, int times) {
        for (int round = 0; round < times; round++) {
            if (primitives) {
                primitives(round);
            } else {
                objects();
            }
        }
    }

    public boolean later() {
        return new Linear("linear").later(answer) == answer;
    }

    public void complete() {
        answer.complete(1.0);
    }

    public void cancel() {
        answer.cancel(false);
    }

    public boolean refuse() {
        return new Linear().refusing().isDone();
    }

    public void versioned() {
        for (int request = 0; request < 6; request++) {
            new Linear("linear").versioned(new Version(request % 2));
        }
    }

    public String fail(String secret) {
        try {
            new Linear("linear").failing(secret);
            return "";
        } catch (IllegalStateException seen) {
            return seen.getMessage();
        }
    }
}
