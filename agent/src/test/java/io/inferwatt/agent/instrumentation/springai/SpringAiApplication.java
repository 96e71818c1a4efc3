package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.LibraryScenario;

/** What an application does with embedding models. Implemented by a class of the application's loader. */
public interface SpringAiApplication extends LibraryScenario {

    /** Embeds one text by each of the methods there are for that. */
    void embedByEachMethod();

    /** Embeds one text with the client of a remote model. */
    void embedRemotely(RemoteClient client);

    /** Embeds two texts with the client of a remote model, which is asked for a model. */
    void embedRemotelyWith(String requestedModel, RemoteClient client);

    /** Returns the client of a remote model. */
    RemoteClient client(String answeredModel);

    /** The application's own, in its own types. */
    interface RemoteClient {

        Object model();
    }
}
