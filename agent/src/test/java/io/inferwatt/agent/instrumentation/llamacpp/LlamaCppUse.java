package io.inferwatt.agent.instrumentation.llamacpp;

import io.inferwatt.agent.instrumentation.LibraryScenario;

/** What the tests ask of llama.cpp beyond one call; names no type of the library. */
public interface LlamaCppUse extends LibraryScenario {

    /** Asks for an answer of so many tokens, which then comes bit by bit. */
    Stream stream(int tokens);

    /** Asks with more tokens than fit in. */
    Stream streamThatFails();

    /** Answers in so many tokens at once. */
    void complete(int tokens);

    /** Orders documents with a model that cannot do it. */
    void rerank(String... documents);

    /** Loads a model from a file that is none. */
    void openNothing();

    /** An answer on its way. */
    interface Stream {

        /** Returns the next piece of text, perhaps an empty one, or null at the end. */
        String next();

        void cancel();

        /** Asks for one piece too many. */
        void nextAfterEnd();
    }
}
