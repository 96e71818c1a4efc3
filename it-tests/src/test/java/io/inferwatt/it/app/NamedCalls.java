package io.inferwatt.it.app;

import io.inferwatt.core.facade.MeteredCall;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * An application that tells of calls of its own. Each line on its standard input is a number of calls and the name of a model; each call
 * keeps a processor busy for some milliseconds.
 */
public final class NamedCalls {

    private static final int ROUNDS = 200_000;

    private NamedCalls() {}

    public static void main(String[] arguments) throws Exception {
        System.out.println("ready");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        double sum = 0;
        for (String line = orders.readLine(); line != null; line = orders.readLine()) {
            String[] order = line.split(" ", 2);
            for (int i = 0; i < Integer.parseInt(order[0]); i++) {
                try (MeteredCall call = MeteredCall.begin(order[1])) {
                    sum += work(i);
                }
            }
            System.out.println("did " + line + (Double.isNaN(sum) ? " badly" : ""));
        }
    }

    private static double work(int seed) {
        double sum = seed;
        for (int i = 0; i < ROUNDS; i++) {
            sum += Math.sin(sum + i);
        }
        return sum;
    }
}
