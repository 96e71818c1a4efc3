package io.inferwatt.core.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One model call in flight. Instances belong to their thread and are used again after the end, so nobody may keep one.
 * Setters are for the thread that runs the call.
 */
public final class InferenceCall {

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(InferenceCall.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final long ENDED = 0;

    final ThreadCalls thread;

    /** The call that this one is only the part of on its thread; it is no request of its own then. */
    @Nullable
    DetachedCall lender;

    /** Whether the lender's call ends when this one does, because its method waits for all who work for it. */
    boolean endsLender;

    String layer = "";
    int key;

    /** More than one where a server has gathered the requests of many clients into this call. */
    long requests;

    long units;
    long beginNanos;
    long bookedNanos;
    long cpuBeginNanos = ThreadClock.UNKNOWN;
    int reentries;
    long inputTokens;
    long cachedTokens;
    long outputTokens;
    long reasoningTokens;
    long traceIdHigh;
    long traceIdLow;
    long spanId;

    /** Hash of the tenant, 0 for nobody. */
    long tenant;

    /** Number of the {@link RemoteTarget}. */
    int target;

    /** Whether a call inside is recorded apart. */
    boolean parted;

    /** Whether {@link #target} is this call's own word, not taken over from a call inside. */
    boolean asksItself;

    /** Whether target and tokens are those of calls inside that went out to the network: nobody outside knows better. */
    boolean toldFromInside;

    long firstTokenNanos;

    /** Whether a call inside this one, which is inside another itself, has told the tokens of the same answer. */
    boolean insideTold;

    /** Shared with calls inside that went on elsewhere, if there are any. */
    @Nullable
    FirstWord word;

    /** The same of the call that this one has left, to go on elsewhere. */
    @Nullable
    FirstWord outerWord;

    /**
     * {@link #ENDED}, or since when the call in flight is booked under its key. Whoever sets it back first ends the call: its own thread, or the
     * sampler when the call is too old.
     */
    @SuppressWarnings("unused") // through STATE
    private long state;

    InferenceCall(ThreadCalls thread) {
        this.thread = thread;
    }

    void open(String callLayer, int callKey, long callRequests, long callUnits) {
        layer = callLayer;
        key = callKey;
        requests = callRequests;
        units = callUnits;
        lender = null;
        endsLender = false;
        reentries = 0;
        inputTokens = TokenUsage.UNKNOWN;
        cachedTokens = TokenUsage.UNKNOWN;
        outputTokens = TokenUsage.UNKNOWN;
        reasoningTokens = TokenUsage.UNKNOWN;
        traceIdHigh = 0;
        traceIdLow = 0;
        spanId = 0;
        tenant = 0;
        target = TargetTable.NONE;
        parted = false;
        asksItself = false;
        toldFromInside = false;
        firstTokenNanos = 0;
        insideTold = false;
        word = null;
        outerWord = null;
    }

    void begin(long nanos, long cpuNanos) {
        beginNanos = nanos;
        bookedNanos = nanos;
        cpuBeginNanos = cpuNanos;
        STATE.setRelease(this, token(nanos));
    }

    /** Puts the call in flight again under another key; what it used so far stays with the one before. */
    void moveTo(int newKey, long nanos, long cpuNanos) {
        key = newKey;
        bookedNanos = nanos;
        cpuBeginNanos = cpuNanos;
        STATE.setRelease(this, token(nanos));
    }

    InferenceCall copy() {
        InferenceCall copy = new InferenceCall(thread);
        copy.open(layer, key, requests, units);
        copy.tokens(inputTokens, cachedTokens, outputTokens, reasoningTokens);
        copy.trace(traceIdHigh, traceIdLow, spanId);
        copy.tenant = tenant;
        copy.target = target;
        copy.parted = parted;
        copy.asksItself = asksItself;
        copy.toldFromInside = toldFromInside;
        copy.firstTokenNanos = firstTokenNanos;
        copy.insideTold = insideTold;
        copy.word = word;
        copy.beginNanos = beginNanos;
        copy.bookedNanos = bookedNanos;
        return copy;
    }

    /** Returns a number that tells this call from all others in the same instance, or 0 when none is in flight. */
    long inFlightToken() {
        return (long) STATE.getAcquire(this);
    }

    boolean endOnce(long token) {
        return token != ENDED && STATE.compareAndSet(this, token, ENDED);
    }

    private static long token(long nanos) {
        return nanos == ENDED ? 1 : nanos;
    }

    /**
     * Tells which tokens the call read and wrote; {@link TokenUsage#UNKNOWN} where not reported. In a nested call they count
     * only if the outermost call reports none itself; those of a call that asks another machine count instead of what the
     * calls around it report.
     *
     * @param input tokens read, cached ones included
     * @param cachedInput those of the input that came from a cache
     * @param output tokens written, reasoning included
     * @param reasoning those of the output that the caller does not see
     */
    public void tokens(long input, long cachedInput, long output, long reasoning) {
        if (!toldFromInside) {
            setTokens(input, cachedInput, output, reasoning);
        }
    }

    private void setTokens(long input, long cachedInput, long output, long reasoning) {
        inputTokens = input;
        cachedTokens = cachedInput;
        outputTokens = output;
        reasoningTokens = reasoning;
    }

    /**
     * Tells which model on which machine the call asks, as far as known by now; may be told again.
     *
     * @param targetNumber from {@link Calls#target}
     */
    public void asks(int targetNumber) {
        asks(targetNumber, thread.root().key);
    }

    void asks(int targetNumber, int rootKey) {
        if (!toldFromInside) {
            thread.targets.asked(rootKey, target, targetNumber);
            target = targetNumber;
            asksItself = true;
        }
    }

    void takeTarget(int targetNumber) {
        target = toldFromInside ? target : targetNumber;
        asksItself = true;
    }

    /** Notes that a call inside is recorded apart, in a request that has nothing else to tell. */
    void partApart(boolean onThisMachine) {
        parted = true;
        if (target == TargetTable.NONE && !onThisMachine) {
            target = TargetTable.ELSEWHERE;
        }
    }

    /** Tells that the first piece of the answer has come; later times are ignored. */
    public void firstToken(long nanos) {
        if (firstTokenNanos == 0) {
            firstTokenNanos = nanos;
        }
    }

    /** Returns whether there is something to tell of another machine, by this call or taken over from one inside. */
    boolean isRemote() {
        return target != TargetTable.NONE && target != TargetTable.ELSEWHERE;
    }

    /** Returns what is shared with calls inside that go on elsewhere. */
    FirstWord sharedWord() {
        if (word == null) {
            word = new FirstWord();
        }
        return word;
    }

    /** Returns whether the tokens of a call that ends count: they do not if calls inside have told the same already. */
    boolean hasTheWord() {
        return !insideTold && (word == null || toldFromInside || !hasTokens() || word.outside());
    }

    /** Forgets what others have told of the same answer. */
    void leaveToOthers() {
        target = TargetTable.ELSEWHERE;
        setTokens(TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
    }

    /**
     * Takes over what a call inside has asked of another machine.
     *
     * @param failed whether that ended with an error
     * @return false if it has to be recorded apart: this one has asked another model, or another machine, already, and their tokens
     *     must not be added up; or what was asked is told by the units of that call, as of images, or not at all, and this call asks
     *     nobody itself
     */
    boolean takeRemote(InferenceCall inner, boolean failed) {
        if (toldFromInside && target != inner.target) {
            return false;
        }
        if (!inner.hasTokens() && !asksItself && !failed) {
            return false;
        }
        if (!toldFromInside) {
            target = inner.target;
            if (inner.hasTokens()) {
                setTokens(TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
                toldFromInside = true;
            }
        }
        addTokensOf(inner);
        if (!isTraced() && inner.isTraced()) {
            trace(inner.traceIdHigh, inner.traceIdLow, inner.spanId);
        }
        if (inner.firstTokenNanos != 0) {
            firstToken(inner.firstTokenNanos);
        }
        return true;
    }

    /** Links the call to a span of the application's tracing. */
    public void trace(long traceHigh, long traceLow, long span) {
        traceIdHigh = traceHigh;
        traceIdLow = traceLow;
        spanId = span;
    }

    /** Returns whether it is linked to a span. */
    public boolean isTraced() {
        return (traceIdHigh | traceIdLow) != 0;
    }

    /** Returns whether it is linked to this span. */
    public boolean isTracedBy(long traceHigh, long traceLow, long span) {
        return traceIdHigh == traceHigh && traceIdLow == traceLow && spanId == span;
    }

    /**
     * Returns for how long the call that is now to be ended has been in flight; null if it is part of another one, or has ended.
     * For the thread that runs it.
     */
    public @Nullable UnitTime unitTime(long nowNanos) {
        if (!isRoot() || reentries > 0 || inFlightToken() == ENDED) {
            return null;
        }
        DetachedCall whole = lender;
        if (whole == null) {
            return UnitTime.of(key, units, bookedNanos, nowNanos);
        }
        return endsLender ? whole.unitTime(nowNanos) : null;
    }

    /** Returns the number of the key this call is booked under. */
    public int key() {
        return key;
    }

    /** Returns whether this is the outermost call of its thread, the one that counts as a request. */
    public boolean isRoot() {
        return thread.root() == this;
    }

    /**
     * Returns whether other threads may work for the outermost call of this thread. What they read and wrote counts for that
     * one at once, so a call inside it should not report the same tokens again.
     */
    public boolean isLent() {
        return thread.root().lender != null;
    }

    /** Returns whether {@link Calls#start} has returned it again, for a call of the same layer inside it that has not ended. */
    public boolean isReentered() {
        return reentries > 0;
    }

    /** Returns the outermost call of the same thread, itself if it is that one. */
    public InferenceCall root() {
        return thread.root();
    }

    void addTokensOf(InferenceCall inner) {
        inputTokens = sum(inputTokens, inner.inputTokens);
        cachedTokens = sum(cachedTokens, inner.cachedTokens);
        outputTokens = sum(outputTokens, inner.outputTokens);
        reasoningTokens = sum(reasoningTokens, inner.reasoningTokens);
    }

    boolean hasTokens() {
        return inputTokens != TokenUsage.UNKNOWN || outputTokens != TokenUsage.UNKNOWN;
    }

    private static long sum(long a, long b) {
        return a == TokenUsage.UNKNOWN ? b : b == TokenUsage.UNKNOWN ? a : a + b;
    }
}
