package io.inferwatt.agent.instrumentation.djl;

import io.inferwatt.agent.instrumentation.LibraryScenario;

/** What the tests ask of DJL beyond one call; names no type of the library. */
public interface DjlUse extends LibraryScenario {

    /** Predicts for one input. */
    void predict() throws Exception;

    /** Predicts for so many inputs with a subclass of the predictor that calls its superclass. */
    void predictWithSubclass(int inputs) throws Exception;

    /** Predicts with a model named {@code remote}, which has no engine. */
    void predictWithoutEngine() throws Exception;

    /** Predicts three outputs, one after the other. */
    Outputs stream() throws Exception;

    /** Predicts three outputs with a subclass of the predictor that calls its superclass. */
    Outputs streamWithSubclass() throws Exception;

    /** Predicts what fails when its first output is read. */
    Outputs streamThatFails() throws Exception;

    /** Predicts three outputs that the translator reads before the predictor returns. */
    Outputs streamReadAtOnce() throws Exception;

    /** Asks a predictor that cannot do so to predict bit by bit. */
    void streamWhereThatIsNotSupported() throws Exception;

    /** A prediction on its way. */
    interface Outputs {

        /** Returns whether there was one more output. */
        boolean next();

        /** Computes all outputs in one go and does something with each. */
        void forEach(Runnable work);

        /** Computes all outputs in one go and returns how many there are. */
        int all();

        void close();
    }
}
