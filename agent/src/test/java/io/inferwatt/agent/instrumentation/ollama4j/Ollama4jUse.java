package io.inferwatt.agent.instrumentation.ollama4j;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.testservers.WireServer;
import java.util.List;

/** What the tests ask of ollama4j beyond one call; names no type of the library. Answers come as text. */
public interface Ollama4jUse extends LibraryScenario {

    /** Returns the server that answers. */
    WireServer server();

    String chat() throws Exception;

    /** Returns the pieces that the handler got. */
    List<String> chatInPieces() throws Exception;

    /** Chats with a tool named {@code clock}, which says something to another library. */
    String chatWithTool(Runnable tool) throws Exception;

    String generate() throws Exception;

    /** Generates with a tool named {@code clock}, through the chat of the library. */
    String generateWithTool() throws Exception;

    /** Returns the pieces that the observer got. */
    List<String> generateInPieces() throws Exception;

    /** Starts a thread of the library that reads the answer. */
    Reading generateLater() throws Exception;

    /** Makes such a thread without the library's client. */
    Reading readByHand() throws Exception;

    /** Embeds as many inputs; returns the number of vectors. */
    int embed(int inputs) throws Exception;

    /** Chats through the lower level of the library. */
    String chatDirectly() throws Exception;

    /** An answer on its way. */
    interface Reading {

        /** Waits for the end of the library's thread. */
        void await() throws InterruptedException;

        void interrupt();

        /** Returns whether the library says that it went well. */
        boolean succeeded();

        String answer();
    }
}
