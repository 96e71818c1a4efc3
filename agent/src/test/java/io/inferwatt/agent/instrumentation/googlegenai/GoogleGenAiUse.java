package io.inferwatt.agent.instrumentation.googlegenai;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.testservers.WireServer;
import java.util.concurrent.CompletableFuture;

/** What the scenario can do beyond what all do. */
public interface GoogleGenAiUse extends LibraryScenario {

    /** The model that is asked for. */
    String MODEL = "gemini-test-1";

    /** Of Gemini's own embedding models Vertex AI takes but one input. */
    String EMBEDDING_MODEL = "text-embedding-test-1";

    /** Ways to ask for an answer. */
    enum Way {
        GENERATE,
        GENERATE_LATER,
        GENERATE_WITH_PATH,
        CHAT,
        CHAT_LATER,
        VERTEX,
        STREAM,
        STREAM_LATER,
        CHAT_STREAM,
        CHAT_STREAM_LATER;

        boolean streams() {
            return name().contains("STREAM");
        }
    }

    WireServer server();

    /** Asks and reads the whole answer; returns its text. */
    String ask(Way way) throws Exception;

    /** Asks with a function of the application that the model may call; returns the answer's text. */
    String askWithFunction(boolean later) throws Exception;

    /** Asks for an answer that comes later; returns the library's own future. */
    CompletableFuture<?> later();

    /** Opens a stream that is read chunk by chunk. */
    Chunks stream();

    /** Returns how many embeddings came. */
    int embed(boolean vertex, boolean later, int inputs) throws Exception;

    /** Returns how many images came. */
    int images(boolean later, Integer count, String size, String ratio) throws Exception;

    /** Chunks of a stream. */
    interface Chunks {

        /** Reads one chunk; false at the end. */
        boolean next();

        void close();
    }
}
