package io.inferwatt.core.call;

import org.jspecify.annotations.Nullable;

/**
 * A model call that goes on after the method that began it has returned: its answer arrives through a future, a callback or
 * a stream. Ends once, on whatever thread comes first; later ends are ignored, and one that never comes is made up for when
 * the call is too old. Safe from all threads.
 *
 * <p>The lock is the call's own: only threads that end the same call at the same moment meet at it, for some 100 ns.
 *
 * <p>While no thread is {@linkplain Calls#attach attached} it uses no processor time of its own.
 */
public final class DetachedCall {

    private final DetachedCalls registry;
    private final InferenceCall call;
    private final @Nullable DetachedCall whole;
    private boolean knowsTokens;
    private int holds;
    private @Nullable Outcome endsWith;

    /** @param whole the call that this one is a part of, if that has left its thread too; see {@link #isPart} */
    DetachedCall(DetachedCalls registry, InferenceCall call, @Nullable DetachedCall whole) {
        this.registry = registry;
        this.call = call;
        this.whole = whole;
    }

    /** Returns whether it is no request of its own, but what another call asked of a remote model. */
    boolean isPart() {
        return call.requests == 0;
    }

    @Nullable
    DetachedCall whole() {
        return whole;
    }

    /**
     * Keeps the call from ending before as many {@link #release} follow: work for it waits in a queue, and will be done even if
     * the method that asked for it has given up by then.
     */
    public synchronized void hold() {
        holds++;
    }

    /** Takes back one {@link #hold}; the last one ends the call if its own end has come meanwhile. */
    public synchronized void release() {
        holds--;
        endIfDue();
    }

    /** Takes back all holds, since those who held may never release it. */
    synchronized void releaseAll() {
        holds = 0;
        endIfDue();
    }

    private void endIfDue() {
        if (holds == 0 && endsWith != null) {
            registry.finish(this, endsWith);
        }
    }

    /** Returns with which outcome the call ends now, the first that was told; null while it is held. For its lock's owner. */
    @Nullable
    Outcome endsNow(Outcome outcome) {
        Outcome first = endsWith == null ? outcome : endsWith;
        endsWith = first;
        return holds > 0 ? null : first;
    }

    /** Ends the call, or does so when the last {@link #hold} is released; does nothing if it has ended. */
    public void finish(Outcome outcome) {
        registry.finish(this, outcome);
    }

    /** Returns whether it has not ended yet. */
    public boolean inFlight() {
        return call.inFlightToken() != 0;
    }

    /**
     * Tells which tokens the call read and wrote; {@link TokenUsage#UNKNOWN} where not reported. The last word before the end
     * counts.
     *
     * @param input tokens read, cached ones included
     * @param cachedInput those of the input that came from a cache
     * @param output tokens written, reasoning included
     * @param reasoning those of the output that the caller does not see
     */
    public synchronized void tokens(long input, long cachedInput, long output, long reasoning) {
        call.tokens(input, cachedInput, output, reasoning);
        knowsTokens = call.hasTokens();
    }

    /**
     * Tells which model on which machine the call asks, as far as known by now; may be told again.
     *
     * @param targetNumber from {@link Calls#target}
     */
    public synchronized void asks(int targetNumber) {
        call.asks(targetNumber, call.key);
    }

    /** Takes over the target of the call that works for it, which has noted whom it asks. */
    synchronized void takeTarget(int targetNumber) {
        call.takeTarget(targetNumber);
    }

    /** Tells that the first piece of the answer has come; later times are ignored. */
    public synchronized void firstToken(long nanos) {
        call.firstToken(nanos);
    }

    /** Takes over what a call inside has asked of another machine; false if it cannot, or has ended. */
    synchronized boolean takeRemote(InferenceCall inner, boolean failed) {
        boolean taken = inFlight() && call.takeRemote(inner, failed);
        knowsTokens |= taken && call.hasTokens();
        return taken;
    }

    /**
     * Returns whether it has ended and a call inside that ends later can only repeat what it told itself: its tokens, or that it
     * asked a model of which no tokens are known.
     */
    synchronized boolean hasToldOf(InferenceCall inner) {
        boolean told = !inFlight() && call.isRemote() && !call.toldFromInside;
        return told && (call.hasTokens() || (call.asksItself && !inner.hasTokens()));
    }

    /** Books the call under another key from now on, when the model became known only in the answer. */
    public synchronized void rebook(int newKey) {
        registry.rebook(this, newKey);
    }

    /** Returns for how long it has been in flight; null if it is part of another one, or has ended. */
    public synchronized @Nullable UnitTime unitTime(long nowNanos) {
        return isPart() || !inFlight() ? null : UnitTime.of(call.key, call.units, call.bookedNanos, nowNanos);
    }

    /** Returns the number of the key this call is booked under. */
    public synchronized int key() {
        return call.key;
    }

    /** Takes the tokens that calls inside it reported, unless it knows its own. */
    synchronized void addTokensOf(InferenceCall inner) {
        if (!knowsTokens && inner.hasTokens()) {
            call.addTokensOf(inner);
        }
    }

    InferenceCall call() {
        return call;
    }
}
