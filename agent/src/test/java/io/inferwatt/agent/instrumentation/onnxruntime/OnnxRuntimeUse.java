package io.inferwatt.agent.instrumentation.onnxruntime;

import io.inferwatt.agent.instrumentation.LibraryScenario;

/** What the tests ask of ONNX Runtime beyond one call; names no type of the library. */
public interface OnnxRuntimeUse extends LibraryScenario {

    /** Runs the model once through each public method and returns how many there are. */
    int runEachOverload() throws Exception;

    /** Runs a model given as bytes once, through each method that opens such a session, and returns how many there are. */
    int runModelOfBytes(byte[] model) throws Exception;

    /** Runs models once each in sessions opened with one and the same options, after they were given a configuration entry. */
    void runWithOneConfiguration(byte[]... models) throws Exception;

    /** Runs a model in a session whose options were to use a graphics card where there is none. */
    void runAfterACardWasRefused(byte[] model) throws Exception;

    /** Runs a model in a session whose options name the processor as their first device. */
    void runOnFirstDevice(byte[] model) throws Exception;

    /** Opens a session from bytes that are no model. */
    void openNothing() throws Exception;

    /**
     * Runs the model with inputs that, when the library looks for them, first let {@code meanwhile} run and then turn out to be
     * broken.
     */
    void runBroken(Runnable meanwhile) throws Exception;
}
