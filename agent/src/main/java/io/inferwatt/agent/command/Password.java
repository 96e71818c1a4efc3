package io.inferwatt.agent.command;

import io.inferwatt.exporters.http.access.PasswordHash;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prints the line of one user of the endpoint. The password comes from standard input, since the words of a command line can be
 * seen by every user of the machine, and is printed nowhere.
 */
final class Password implements Command {

    static final int NO_PASSWORD = 1;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    Password(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public int run(List<String> words) throws MisunderstoodException {
        if (words.size() != 1 || !isName(words.get(0))) {
            throw new MisunderstoodException(
                    "password: one name of a user is needed, without ':', '#' or blanks; the password is read from"
                            + " standard input");
        }
        try {
            String password = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
            if (password == null || password.isEmpty()) {
                err.println("inferwatt: password: standard input holds no password; allowed: one line of text");
                return NO_PASSWORD;
            }
            out.println(words.get(0) + ":" + PasswordHash.of(password.toCharArray()));
            return 0;
        } catch (IOException e) {
            err.println("inferwatt: password: standard input cannot be read (" + e.getMessage() + ")");
            return NO_PASSWORD;
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> c == ':' || c == '#' || c <= ' ' || c == 0x7f);
    }
}
