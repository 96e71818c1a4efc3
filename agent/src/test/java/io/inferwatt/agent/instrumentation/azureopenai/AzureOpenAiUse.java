package io.inferwatt.agent.instrumentation.azureopenai;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.testservers.WireServer;
import java.util.List;

/** What an application does with Azure's client. Implemented by a class of the application's loader. */
public interface AzureOpenAiUse extends LibraryScenario {

    /** Returns the server that the client is set to. */
    WireServer server();

    /** Asks in one of several ways, and returns what the application gets to see. */
    String ask(String way);

    /** Embeds three texts. */
    void embed(boolean async);

    /** Makes two images. */
    void images(boolean async);

    /** Asks for a streamed chat and reads some of it, then closes it. */
    List<String> readSome(int pieces);

    /** Asks for a streamed chat with Reactor and takes some of it. */
    List<String> takeSome(int pieces);

    /** Prepares a chat with Reactor, and subscribes so often. */
    void subscribe(int times);
}
