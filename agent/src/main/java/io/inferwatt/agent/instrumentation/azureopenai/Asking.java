package io.inferwatt.agent.instrumentation.azureopenai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.RemoteServer;
import io.inferwatt.core.call.RemoteTarget.Work;

/** What is to be asked, each time that somebody subscribes. */
record Asking(RemoteServer server, String model, String operation, Work work, long units, String imageSize) {

    RemoteCall start() {
        return AzureOpenAiCalls.CALLS.start(server, model, operation, work, units, imageSize);
    }
}
