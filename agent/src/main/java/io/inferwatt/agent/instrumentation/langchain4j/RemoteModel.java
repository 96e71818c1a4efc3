package io.inferwatt.agent.instrumentation.langchain4j;

import io.inferwatt.agent.instrumentation.RemoteServer;

/**
 * What is remembered of a client of a remote model. Texts are empty where not known.
 *
 * @param name of the model that requests go to which name none
 * @param imageSize width and height of the images it makes
 */
record RemoteModel(RemoteServer server, String name, String imageSize) {

    /** Computes in this process, or passes calls on to another model. */
    static final RemoteModel NONE = new RemoteModel(RemoteServer.UNKNOWN, "", "");
}
