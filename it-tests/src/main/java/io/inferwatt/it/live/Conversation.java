package io.inferwatt.it.live;

import java.io.IOException;

/** An application's standard streams, line by line. */
public interface Conversation {

    /** Sends a line. */
    void tell(String line) throws IOException;

    /** Waits for a line on standard output with this text and returns what follows it. */
    String awaitOut(String text) throws IOException, InterruptedException;

    /** Waits for a line on standard error with this text and returns what follows it. */
    String awaitErr(String text) throws IOException, InterruptedException;
}
