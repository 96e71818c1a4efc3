package io.inferwatt.agent.instrumentation;

import io.inferwatt.core.call.DetachedCall;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.TokenUsage;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One call to a remote model, from its begin on whatever thread goes on with it. Ends once; later ends are ignored. What the
 * answer tells may be told before the method that began the call has returned, and on any thread.
 *
 * <p>A call whose answer comes later is {@link #detach}ed in the exit advice, on the thread that began it; another one is
 * {@link #finish}ed there.
 */
public final class RemoteCall implements Begun {

    /** Chains of causes may be circles. */
    private static final int DEEPEST_CAUSE = 8;

    private static final String OKHTTP_TIMEOUT = "timeout";

    private final LibraryCalls calls;
    private final String operation;
    private final boolean onOtherMachine;
    private final boolean named;
    private final InferenceCall begun;
    private final boolean inner;
    private final @Nullable TracedCall traced;
    private final Thread thread = Thread.currentThread();

    private RemoteTarget target;
    private boolean targetTold;
    private TokenUsage usage = TokenUsage.NONE;
    private long firstTokenNanos;
    private @Nullable LeftCall detached;
    private boolean ended;
    private @Nullable Outcome endsWith;

    RemoteCall(
            LibraryCalls calls,
            RemoteTarget asked,
            String operation,
            boolean onOtherMachine,
            InferenceCall begun,
            @Nullable TracedCall traced) {
        this.calls = calls;
        this.target = asked;
        this.operation = operation;
        this.onOtherMachine = onOtherMachine;
        this.named = !asked.model().isBlank();
        this.begun = begun;
        this.inner = begun.isReentered();
        this.traced = traced;
    }

    /**
     * Returns whether it began inside another call of the same library, on the same thread. They are one call, which the other
     * one ends: of this one only {@link #finish} on the same thread is asked.
     */
    public boolean isInner() {
        return inner;
    }

    /** Tells which model answers; null or empty if the answer does not tell. It names a call that asked for no model. */
    public synchronized void answeredBy(@Nullable String model) {
        if (model != null && !model.isBlank() && !model.equals(target.model())) {
            target = new RemoteTarget(
                    target.client(),
                    target.provider(),
                    target.host(),
                    target.region(),
                    model,
                    target.work(),
                    target.imageSize());
            targetTold = true;
        }
    }

    /** Tells the provider's name of the place that answers, for instance {@code us}; null or empty if not told. */
    public synchronized void answeredFrom(@Nullable String region) {
        if (region != null && !region.isBlank() && !region.equals(target.region())) {
            target = new RemoteTarget(
                    target.client(),
                    target.provider(),
                    target.host(),
                    region,
                    target.model(),
                    target.work(),
                    target.imageSize());
            targetTold = true;
        }
    }

    /**
     * Tells which tokens the call read and wrote, normalised; {@link TokenUsage#UNKNOWN} where not reported. The last word before
     * the end counts.
     *
     * @param input tokens read, those from a cache and those written to it included
     * @param cachedInput those of the input that came from a cache
     * @param output tokens written, reasoning included
     * @param reasoning those of the output that the caller does not see
     */
    public synchronized void tokens(long input, long cachedInput, long output, long reasoning) {
        usage = new TokenUsage(input, cachedInput, output, reasoning);
    }

    /** Tells that a piece of a streamed answer has come; only the first one counts. */
    public synchronized void received() {
        if (firstTokenNanos == 0) {
            firstTokenNanos = System.nanoTime();
        }
    }

    /**
     * Lets the call go on after the method that began it returns; instead of {@link #finish}, on the thread that began it. Inside a
     * call of the same library there is nothing that could go on; see {@link #goesOn}.
     */
    public void detach() {
        Outcome outcome;
        synchronized (this) {
            if (ended || detached != null) {
                return;
            }
            ended = true; // by what fails here, such as for want of memory
            try {
                leaveSpan();
                tellBegun();
            } catch (Throwable broken) {
                finishHere(Outcome.OK);
                throw broken;
            }
            detached = onOtherMachine ? calls.detachRemote(begun) : calls.detach(begun);
            ended = detached == null; // the call around it must not be ended in its place
            outcome = endsWith;
        }
        if (outcome != null) {
            finish(outcome);
        }
    }

    /** Returns whether the call goes on after {@link #detach}, so that somebody has to end it. */
    public synchronized boolean goesOn() {
        return detached != null && !ended;
    }

    /**
     * Lets the call go on until a future is done, which the application gets unchanged; instead of {@link #finish}, on the thread
     * that began it.
     *
     * @param heard told of the value before the call ends
     */
    public <T> void detachUntil(CompletionStage<T> answer, Answer<? super T> heard) {
        detach();
        try {
            answer.whenComplete(new Ending<>(this, heard));
        } catch (RuntimeException
                | Error refused) { // by a stage of the application's own making, or for want of memory
            finish(Outcome.OK);
        }
    }

    /**
     * Makes the calling thread work for the call until {@link #detachThread}: what begins meanwhile is part of it. Throws nothing, since it
     * is called where the application reads.
     *
     * @return null if nothing can be part of it, or there is no memory to remember it
     */
    public @Nullable ThreadWork attachThread() {
        LeftCall whole;
        synchronized (this) {
            whole = detached;
        }
        InferenceCall part = null;
        try {
            part = calls.attach(whole);
            return part == null
                    ? null
                    : new ThreadWork(
                            calls, part, traced == null ? null : traced.span().attachThread());
        } catch (RuntimeException | Error broken) {
            calls.finish(part, Outcome.OK); // else all that this thread does from now on would be part of the call
            return null;
        }
    }

    /** Ends the work of the calling thread for whatever call, if there is any. */
    public static void detachThread(@Nullable ThreadWork work) {
        if (work != null) {
            work.end();
        }
    }

    /** Takes note of what an answer, or a piece of a streamed one, tells; null tells nothing. Never throws. */
    public <T> void hear(@Nullable T answer, Answer<? super T> heard) {
        try {
            if (answer != null) {
                heard.tellTo(this, answer);
            }
        } catch (RuntimeException | Error notUnderstood) {
            // By a class of a provider or of the application, or for want of memory: what it would have told is not
            // known then, and no error of ours.
        }
    }

    /** Ends the call by its whole answer, of which it takes note as {@link #hear} does, or by what its method threw. */
    public <T> void answered(@Nullable T answer, Answer<? super T> heard, @Nullable Throwable error) {
        hear(answer, heard);
        finish(error);
    }

    @Override
    public void lost() {
        finish(Outcome.OK);
    }

    /** Ends the call by what its method threw, if anything. */
    public void finish(@Nullable Throwable error) {
        finish(outcomeOf(error));
    }

    /**
     * Ends the call. Before {@link #detach}, from another thread than its own, it ends when its method returns. Where there is no memory for
     * what it has to tell it ends without.
     */
    public void finish(Outcome outcome) {
        LeftCall elsewhere;
        RemoteTarget asked;
        TokenUsage told;
        synchronized (this) {
            if (ended) {
                return;
            }
            elsewhere = detached;
            if (elsewhere == null && Thread.currentThread() != thread) {
                endsWith = endsWith == null ? outcome : endsWith;
                return;
            }
            ended = true;
            asked = target;
            told = usage;
        }
        try {
            tellAll(elsewhere);
        } catch (RuntimeException | Error untold) {
            // It must end in any case, and the application may be the caller.
        }
        end(elsewhere, outcome);
        if (traced != null) {
            traced.end(asked, told, outcome);
        }
    }

    private synchronized void tellAll(@Nullable LeftCall elsewhere) {
        if (elsewhere == null) {
            tellBegun();
            leaveSpan();
        } else {
            tell(elsewhere.call());
        }
    }

    private void end(@Nullable LeftCall elsewhere, Outcome outcome) {
        if (elsewhere == null) {
            finishHere(outcome);
        } else {
            elsewhere.finish(outcome);
        }
    }

    private void finishHere(Outcome outcome) {
        if (onOtherMachine) {
            calls.finishRemote(begun, outcome);
        } else {
            calls.finish(begun, outcome);
        }
    }

    private void leaveSpan() {
        if (traced != null) {
            traced.span().leave();
        }
    }

    private void tellBegun() {
        if (targetTold) {
            begun.asks(calls.target(target));
        }
        if (targetTold && !named) {
            calls.name(begun, keyOfAnswer());
        }
        if (!usage.equals(TokenUsage.NONE)) {
            begun.tokens(usage.input(), usage.cachedInput(), usage.output(), usage.reasoning());
        }
        if (firstTokenNanos != 0) {
            begun.firstToken(firstTokenNanos);
        }
    }

    private int keyOfAnswer() {
        return calls.remoteKey(ModelNames.ofRemote(target.model()), operation, onOtherMachine);
    }

    private void tell(DetachedCall call) {
        if (targetTold) {
            call.asks(calls.target(target));
        }
        if (targetTold && !named) {
            call.rebook(keyOfAnswer());
        }
        if (!usage.equals(TokenUsage.NONE)) {
            call.tokens(usage.input(), usage.cachedInput(), usage.output(), usage.reasoning());
        }
        if (firstTokenNanos != 0) {
            call.firstToken(firstTokenNanos);
        }
    }

    /** Returns how a call ends that failed in this way, or did not. Clients wrap what cancels or interrupts them in their own. */
    public static Outcome outcomeOf(@Nullable Throwable error) {
        Throwable cause = error;
        for (int depth = 0; depth < DEEPEST_CAUSE && cause != null; depth++) {
            if (cause instanceof CancellationException
                    || cause instanceof InterruptedException
                    || isInterruption(cause)) {
                return Outcome.CANCELLED;
            }
            cause = cause.getCause();
        }
        return error == null ? Outcome.OK : Outcome.ERROR;
    }

    /** Timeouts are of the same class: of a class below it in the JDK, and told by the message in OkHttp. */
    private static boolean isInterruption(Throwable cause) {
        return cause.getClass() == InterruptedIOException.class && !OKHTTP_TIMEOUT.equals(cause.getMessage());
    }

    /** Reads from an answer what it tells of model and tokens; may throw what the answer's class throws. */
    @FunctionalInterface
    public interface Answer<T> {

        void tellTo(RemoteCall call, T answer);
    }

    private record Ending<T>(RemoteCall call, Answer<? super T> heard) implements BiConsumer<T, Throwable> {

        @Override
        public void accept(@Nullable T answer, @Nullable Throwable error) {
            call.answered(answer, heard, error);
        }
    }
}
