package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.testservers.WireServer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What the tests ask of Bedrock's clients beyond one call; names no type of the library. */
public interface BedrockUse extends LibraryScenario {

    /** Returns the server that answers. */
    WireServer server();

    String converse(String model);

    String invoke(String model, String body);

    /** Asks the real address of a region, and gets no further than to the HTTP client. */
    void converseAtRealAddress(String region);

    /** Returns the future that the library returns. */
    CompletableFuture<?> converseLater(String model);

    /** Returns the future that the library returns. */
    CompletableFuture<?> invokeLater(String model, String body);

    Streamed converseStream(String model, Reading reading);

    Streamed invokeStream(String model, String body, Reading reading);

    /** Speaks and listens at once; says nothing and is done. Returns the future that the library returns. */
    CompletableFuture<?> speak(String model);

    /** Asks for a stream without a handler. */
    void converseStreamWithoutHandler();

    /** What a reader does with a stream. */
    enum Reading {
        ALL,
        /** Goes away after the first event. */
        ONE,
        /** Never asks for an event. */
        NOTHING,
        /** Goes away after the event with the usage. */
        UNTIL_USAGE,
        /** Fails at the first event. */
        FAILING
    }

    /**
     * A stream on its way.
     *
     * @param future that of the library
     * @param heard what the handler was told, in order
     */
    record Streamed(CompletableFuture<?> future, List<String> heard) {}
}
