package io.inferwatt.it.bench;

import java.io.IOException;

/**
 * An application without models. Tells when its main method began; with an argument it stays until its standard input
 * ends. Uses next to nothing of the JDK, so that the agent's own classes stand out.
 */
final class HelloApplication {

    /** Opens the line that tells when, by {@link System#nanoTime}; agents may print lines of their own. */
    static final String MAIN = "main ";

    private HelloApplication() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println(MAIN + System.nanoTime());
        if (arguments.length > 0) {
            System.out.flush();
            while (System.in.read() >= 0) {
                Thread.onSpinWait();
            }
        }
    }
}
