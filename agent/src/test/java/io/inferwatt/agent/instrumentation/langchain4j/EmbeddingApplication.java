package io.inferwatt.agent.instrumentation.langchain4j;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import java.nio.file.Path;
import java.util.concurrent.Executor;

/** What an application does with embedding models. Implemented by a class of the application's loader. */
public interface EmbeddingApplication extends LibraryScenario {

    /** Embeds one text by each of the methods there are for that. */
    void embedByEachMethod();

    /**
     * Embeds segments, the same objects in every call, on a pool.
     *
     * @return tokens, as LangChain4j counts them
     */
    int embedAll(int segments, Executor pool);

    /** Embeds segments on a pool, of which the first is null, which fails there. */
    void embedAllButTheFirst(int segments, Executor pool);

    /** Embeds two segments with a model that was loaded from a file. */
    void embedAllWithModelOf(Path model, Path tokenizer);

    /** Embeds two segments with the application's own model class, of which nobody knows what it was loaded from. */
    void embedAllWithOwnModel(Path model, Path tokenizer);

    /** Embeds two segments through a model with a listener. */
    void embedAllThroughListener();

    /** Embeds one text through the application's own decorator, which has no name. */
    void embedThroughDecorator();

    /** Embeds two segments with the client of a remote model, by two methods. */
    void embedAllRemotely();
}
