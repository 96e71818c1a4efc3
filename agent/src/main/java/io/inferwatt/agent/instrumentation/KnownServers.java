package io.inferwatt.agent.instrumentation;

import java.util.function.Function;

/** Where the clients of a library send their requests, each looked at once. Keeps no client alive. Safe from all threads. */
public final class KnownServers<C> {

    private final WeakIdentityMap<C, RemoteServer> servers = new WeakIdentityMap<>();

    /**
     * Returns where a client sends its requests.
     *
     * @param look finds that out the first time
     */
    public RemoteServer of(C client, Function<? super C, RemoteServer> look) {
        RemoteServer known = servers.get(client);
        if (known == null) {
            known = look.apply(client);
            servers.put(client, known);
        }
        return known;
    }
}
