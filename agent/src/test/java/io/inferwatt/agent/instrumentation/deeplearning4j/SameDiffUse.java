package io.inferwatt.agent.instrumentation.deeplearning4j;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import java.nio.file.Path;

/** What applications do with SameDiff beside asking for an answer; tests call it across class loaders. */
public interface SameDiffUse extends LibraryScenario {

    /** Asks the model by each method there is, and returns how many batches that were. */
    int callEachWay() throws Exception;

    /** Trains with validation, evaluates and derives. */
    void train() throws Exception;

    /** Writes the model, reads it again and asks it. */
    void callLoaded(Path file) throws Exception;
}
