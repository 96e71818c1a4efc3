package io.inferwatt.it.app;

import io.inferwatt.core.facade.MeteredCall;

/** An application that makes some calls, one after the other, and ends. Arguments: a model, how many calls, seconds of work in all. */
public final class BatchJob {

    private static volatile double sink;

    private BatchJob() {}

    public static void main(String[] arguments) {
        String model = arguments[0];
        int calls = Integer.parseInt(arguments[1]);
        double secondsOfCall = Double.parseDouble(arguments[2]) / calls;
        for (int i = 0; i < calls; i++) {
            long begin = System.nanoTime();
            try (MeteredCall call = MeteredCall.begin(model, 1)) {
                double sum = 0;
                while (System.nanoTime() - begin < secondsOfCall * 1e9) {
                    sum += Math.tanh(sum);
                }
                sink = sum;
            }
        }
        System.out.println("done");
    }
}
