package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import java.nio.file.Path;

/** What applications do with networks beside asking for an answer; tests call it across class loaders. */
public interface DeepLearning4jUse extends LibraryScenario {

    /** Asks the network by each overload there is, and returns how many batches that were. */
    int callEachWay() throws Exception;

    /** Asks a graph of one layer by each overload there is, and returns how many batches that were. */
    int callGraphEachWay() throws Exception;

    /** Lets networks of layers and of a graph go on with a sequence; two calls. */
    void callRecurrent() throws Exception;

    /** Trains, scores and evaluates networks. */
    void train() throws Exception;

    /** Trains, scores and evaluates networks with a layer of SameDiff. */
    void trainWithSameDiffLayer() throws Exception;

    /** Asks a network of layers and one of a graph, each with a layer of SameDiff. */
    void callWithSameDiffLayer() throws Exception;

    /** Writes networks of layers and of a graph into the folder, reads them again and asks each once. */
    void callRestored(Path layers, Path graph) throws Exception;

    /** Asks a network that is large enough for all threads. */
    void callLarge() throws Exception;
}
