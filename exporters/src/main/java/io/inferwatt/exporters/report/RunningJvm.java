package io.inferwatt.exporters.report;

import io.inferwatt.core.net.HttpAnswer;
import io.inferwatt.core.net.HttpRequest;
import io.inferwatt.core.report.disclosure.Disclosure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;

/** Asks a metered JVM for its disclosure. */
public final class RunningJvm {

    private static final String PATH = "/api/v1/report";

    private RunningJvm() {}

    /**
     * Returns what the JVM at an address has to tell.
     *
     * @param address of its endpoint, with or without the path of the report
     * @throws IOException if there is none; the message says why and what would help, in one line
     */
    public static Disclosure read(URI address) throws IOException {
        boolean bare = address.getPath() == null
                || address.getPath().isEmpty()
                || address.getPath().equals("/");
        URI uri = bare ? address.resolve(PATH) : address;
        String shown = Addresses.shown(uri);
        HttpAnswer answer;
        try {
            answer = HttpRequest.get(uri).send();
        } catch (ConnectException e) {
            throw new IOException(
                    "nothing listens at " + shown + " (" + e.getMessage()
                            + "); is an application with the agent running, and its setting http.port the same?",
                    e);
        } catch (IOException e) {
            throw new IOException(shown + " does not answer (" + e.getMessage() + ")", e);
        }
        if (answer.status() == 404) {
            throw new IOException(shown + " is not found there (404); it is another program, or an older Inferwatt");
        }
        if (!answer.isOk()) {
            throw new IOException(shown + " answered with status " + answer.status());
        }
        try {
            return DisclosureJson.read(answer.body());
        } catch (IOException e) {
            throw new IOException(shown + ": " + e.getMessage(), e);
        }
    }
}
