package io.inferwatt.agent.instrumentation.anthropic;

import io.inferwatt.agent.instrumentation.LibraryScenario;
import io.inferwatt.core.testservers.WireServer;
import java.util.concurrent.CompletableFuture;

/** What the scenario can do beyond what all do. */
public interface AnthropicUse extends LibraryScenario {

    /** The model that is asked for. */
    String MODEL = "claude-test-1";

    /** Ways to ask for a message. */
    enum Way {
        MESSAGE,
        MESSAGE_LATER,
        RAW,
        RAW_LATER,
        BETA,
        BETA_LATER,
        BETA_RAW,
        BETA_RAW_LATER,
        STREAM,
        STREAM_LATER,
        RAW_STREAM,
        RAW_STREAM_LATER,
        BETA_STREAM,
        BETA_STREAM_LATER,
        BETA_RAW_STREAM,
        BETA_RAW_STREAM_LATER;

        boolean streams() {
            return name().contains("STREAM");
        }
    }

    WireServer server();

    /** Asks and reads the whole answer. Returns its text and, of streams, the types of the events. */
    String ask(Way way) throws Exception;

    /** Asks for a message that comes later, and returns the library's own future. */
    CompletableFuture<?> later();

    /** Opens a stream that is read event by event. */
    Events stream(boolean beta);

    /** Opens a stream whose events go to a handler; returns what closes it and its future. */
    Subscription subscribe(boolean read);

    /** Reads the body of a raw response itself. */
    String body();

    /** Asks for a raw response and closes it unread. */
    void closedUnread();

    /** Parses a raw response twice, and returns whether it gave the same object. */
    boolean sameWhenParsedAgain(boolean stream);

    /** Returns what a raw response tells beside its content. */
    String aboutRawResponse();

    /** Events of a stream. */
    interface Events {

        /** Reads one event; false at the end. */
        boolean next();

        void close();
    }

    /** A stream that is handled elsewhere. */
    interface Subscription {

        CompletableFuture<?> end();

        void close();
    }
}
