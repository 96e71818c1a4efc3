package io.inferwatt.agent.instrumentation.springai;

import io.inferwatt.agent.instrumentation.RemoteCall;
import io.inferwatt.agent.instrumentation.ThreadWork;
import io.inferwatt.core.call.Outcome;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.model.ChatResponse;

/**
 * The call behind one subscription, and the threads that work for it: what a client does while it is subscribed to or asked for
 * more is part of the call, what the application does with a piece is not. Its methods never throw.
 */
final class StreamedCall {

    /** The work of this thread for whatever stream it is in. */
    private static final ThreadLocal<ThreadWork> WORK = new ThreadLocal<>();

    private final RemoteCall call;
    private final RemoteModel known;

    /** @param call already taken off its thread */
    StreamedCall(RemoteCall call, RemoteModel known) {
        this.call = call;
        this.known = known;
    }

    /** Begins work of the calling thread; {@link #leave} ends it if this returns true. */
    boolean enter() {
        try {
            // A thread that works for a stream already goes on doing so.
            ThreadWork work = WORK.get() == null ? call.attachThread() : null;
            if (work == null) {
                return false;
            }
            WORK.set(work);
            return true;
        } catch (RuntimeException | LinkageError notMetered) {
            return false;
        }
    }

    void leave(boolean entered) {
        if (entered) {
            pause();
        }
    }

    /** Ends the work of the calling thread, if it does any: the application comes next. */
    void pause() {
        try {
            ThreadWork work = WORK.get();
            if (work != null) {
                WORK.remove();
                RemoteCall.detachThread(work);
            }
        } catch (RuntimeException | LinkageError notMetered) {
            WORK.remove();
        }
    }

    void piece(@Nullable ChatResponse response) {
        call.received();
        call.hear(response, (asked, piece) -> ChatCalls.tell(asked, known, piece));
    }

    void end(Outcome outcome) {
        try {
            call.finish(outcome);
        } catch (RuntimeException | LinkageError notMetered) {
            // The application's stream goes on.
        }
    }
}
