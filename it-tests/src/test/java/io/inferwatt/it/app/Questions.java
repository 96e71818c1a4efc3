package io.inferwatt.it.app;

import java.util.Scanner;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** What an application is told to ask on its standard input, one line each; it says how that ended on its standard output. */
final class Questions {

    private Questions() {}

    /** Asks a remote model for what the first word of a line says, and waits for the answer. */
    interface Asker {
        void ask(String what) throws Exception;
    }

    /** Asks line by line until there are no more, then ends the process, which the threads of clients would keep alive. */
    static void askAll(Asker asker) {
        try (Scanner lines = new Scanner(System.in, "UTF-8")) {
            while (lines.hasNextLine()) {
                String line = lines.nextLine();
                System.out.println("done " + line + " " + outcome(asker, line.substring(0, line.indexOf(' '))));
            }
        }
        System.exit(0);
    }

    /** Returns {@code ok}, or what was thrown: of what a future throws its cause. */
    private static String outcome(Asker asker, String what) {
        try {
            asker.ask(what);
            return "ok";
        } catch (Exception failed) {
            Throwable cause = failed;
            while (cause instanceof ExecutionException || cause instanceof CompletionException) {
                cause = cause.getCause();
            }
            return cause.getClass().getSimpleName();
        }
    }
}
