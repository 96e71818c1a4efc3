package io.inferwatt.agent.instrumentation.tensorflow;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import java.nio.file.Path;

/** What applications do with TensorFlow beside running a graph; tests call it across class loaders. */
public interface TensorFlowUse extends LibraryScenario {

    /** Runs the graph with as many rows and fetches metadata too. */
    void callForMetadata(int rows) throws Exception;

    /** Runs the graph by a signature. */
    void callBySignature() throws Exception;

    /** Runs part of the graph that gives no answer. */
    void callWithoutFetch() throws Exception;

    /** Changes a variable for the sake of what is fetched, as a step of training does. */
    void train() throws Exception;

    /** Runs a graph with a variable, which is initialised by the first run. */
    void callWithVariable() throws Exception;

    /** Writes a graph with a variable as a saved model. */
    void export(Path folder) throws Exception;

    /** Loads a saved model and runs it by its session, its function and itself. */
    void callSavedModel(Path folder) throws Exception;

    /** Builds the function {@code twice} and calls it with tensors. */
    void callFunction(int rows) throws Exception;

    /** Calls the function with operands of an eager session. */
    void callFunctionWithOperand() throws Exception;

    /** Makes the function part of a graph, without running that. */
    void addFunctionToGraph() throws Exception;

    /** Opens and closes a session that has three threads of its own. */
    void openWithOwnThreads(Runnable whileOpen) throws Exception;

    /**
     * Opens and closes a session with a pool of three threads.
     *
     * @param name of the pool, by which other sessions find it later; empty for one that ends with the session
     */
    void openWithOwnPool(String name, Runnable whileOpen) throws Exception;

    /** Multiplies matrices that are large enough for all threads. */
    void callLarge() throws Exception;
}
