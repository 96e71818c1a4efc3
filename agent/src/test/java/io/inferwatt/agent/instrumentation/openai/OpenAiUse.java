package io.inferwatt.agent.instrumentation.openai;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.testservers.WireServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What an application does with openai-java. Implemented by a class of the application's loader. */
public interface OpenAiUse extends LibraryScenario {

    /** Returns the server that the client is set to. */
    WireServer server();

    /** Takes a client that is set to another address, and reaches the server as its proxy. */
    void moveTo(String baseUrl);

    /** Takes a client with an HTTP client of the application's own, as frameworks do. */
    void bringHttpClient();

    /** Takes a client that tries so often again. */
    void retry(int times);

    /** Takes a client that waits no longer than that for an answer. */
    void limit(Duration patience);

    /** Takes a client that checks each answer as a whole. */
    void validate();

    /** Asks in one of many ways, and returns what the application gets to see. */
    String ask(String way) throws Exception;

    /** Asks a chat without waiting for it. */
    CompletableFuture<String> askAsync();

    /** Asks a chat for its raw response without waiting for it. */
    CompletableFuture<?> askRawAsync();

    /** Asks for a streamed chat. */
    Pieces stream();

    /** Asks for a streamed chat that is pushed, and does not subscribe. */
    Pushed push();

    /** Asks a chat for its raw response and does something with that. */
    String raw(String use) throws Exception;

    /** Embeds what the kind of input says: {@code text}, {@code texts}, {@code tokens} or {@code lists}, of three each. */
    void embed(String kind);

    /** Makes images. */
    void images(String model, Long count, String size);

    /** A streamed answer. */
    interface Pieces {

        /** Returns the next piece, null after the last. */
        String next();

        List<String> all();

        /** Hands each piece to a reader. */
        void each(Consumer<String> reader);

        /** Asks the library for its stream a second time. */
        void again();

        /** Closes the stream of Java. */
        void closeStream();

        /** Closes the answer. */
        void close();
    }

    /** A streamed answer that is pushed. */
    interface Pushed {

        /** Subscribes; what the piece is on which it fails is an error of the application. */
        void subscribe(List<String> into, String failsOn);

        void subscribe(List<String> into, Executor executor);

        CompletableFuture<Void> complete();

        void close();
    }
}
