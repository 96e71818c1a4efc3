package io.inferwatt.exporters.http;

import java.time.Duration;

/**
 * What clients may take up. A connection that is over its time is closed; when there are too many, the one that has waited
 * longest gives way.
 *
 * @param connections open at a time
 * @param connectionsPerClient of those from one address (of IPv6: one /64 network)
 * @param handshake for TLS
 * @param head for a request's head, from its first byte, or from the connection's begin
 * @param idle between two requests
 * @param answer for making and sending one answer
 * @param goodbye for the client to close, after the last answer
 * @param requestLineBytes of the first line
 * @param headBytes of all lines of a head
 * @param headers lines after the first
 */
record Limits(
        int connections,
        int connectionsPerClient,
        Duration handshake,
        Duration head,
        Duration idle,
        Duration answer,
        Duration goodbye,
        int requestLineBytes,
        int headBytes,
        int headers) {

    private static final int CONNECTIONS = 128;
    private static final int CONNECTIONS_PER_CLIENT = 32;

    /** On loopback all clients have one address. */
    static final Limits LOOPBACK = of(CONNECTIONS);

    static final Limits EXPOSED = of(CONNECTIONS_PER_CLIENT);

    private static Limits of(int connectionsPerClient) {
        return new Limits(
                CONNECTIONS,
                connectionsPerClient,
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(90),
                Duration.ofSeconds(15),
                Duration.ofSeconds(1),
                4096,
                16_384,
                100);
    }
}
