package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What an application does with clients of remote models. Implemented by a class of the application's loader. */
public interface ClientApplication extends LibraryScenario {

    /** An answer that is not asked for before somebody reads it. */
    interface Answer {

        /** Subscribes, and returns the texts of the pieces; throws what the stream ends with. */
        List<String> read();

        /** Subscribes, and cancels after the first piece. */
        String readFirst();

        /** Subscribes, and returns what unsubscribes. */
        Runnable subscribe();
    }

    /** Waits until something holds. */
    interface Condition {

        boolean holds();

        default void await() throws TimeoutException {
            long begin = System.nanoTime();
            while (!holds()) {
                if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(60)) {
                    throw new TimeoutException();
                }
                Thread.onSpinWait();
            }
        }
    }

    void talkTo(String address);

    /** Returns the text of the answer; null asks for the client's own model. */
    String chat(String model);

    void chatByEachMethod();

    Answer stream();

    /** Returns how many vectors came. */
    int embed(int texts);

    /** Asks for two images of 512x256 by the request; of 1024x1024 by the client's own options else. */
    int images(boolean byRequest);

    /** Chats with a model over a client that is metered itself. */
    String chatThroughLayers(int rounds);

    Answer streamThroughLayers(int rounds);

    /** Chats with a model of the application's own that passes on to the client. */
    void chatThroughDecorator();
}
