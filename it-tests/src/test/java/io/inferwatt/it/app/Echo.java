package io.inferwatt.it.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** An application without models that answers each line on its standard input, and ends when asked to or at its end. */
public final class Echo {

    private static final String EXIT = "exit ";
    private static final String LEAVE = "leave";

    private Echo() {}

    public static void main(String[] arguments) throws IOException {
        System.out.println("ready");
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            if (line.startsWith(EXIT)) {
                System.exit(Integer.parseInt(line.substring(EXIT.length())));
            }
            if (line.equals(LEAVE)) {
                Thread sleeper = new Thread(() -> readOn(questions));
                sleeper.setDaemon(true);
                sleeper.start();
                return;
            }
            System.out.println("answer to " + line);
        }
        System.out.println("bye");
    }

    private static void readOn(BufferedReader questions) {
        try {
            questions.readLine();
        } catch (IOException gone) {
            System.out.println("never reached");
        }
    }
}
