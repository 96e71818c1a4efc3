package io.inferwatt.core.call;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way in for everything that sees model calls: instrumentations of libraries, or an application that uses the meter
 * as a library. Safe from all threads. {@link #start} and {@link #finish} never wait, and allocate only at the first call
 * of a thread.
 *
 * <pre>{@code
 * int key = calls.key(ModelKey.of("all-minilm-l6-v2"));      // once a model
 * InferenceCall call = calls.start("onnxruntime", key, batchSize);
 * try { ... } finally { calls.finish(call, Outcome.OK); }
 * }</pre>
 */
public final class Calls {

    /** Processor time marked as not read; the sampler makes do with the time in flight. */
    static final long NOT_READ = ThreadClock.UNKNOWN;

    /**
     * For so many looks after its last call {@link #callersNanos} follows a thread: a second at a tick of 50 ms, 0.4 s at
     * 20 ms, time for what it does with the answer.
     */
    public static final int LOOKS_AFTER_CALL = 20;

    private final KeyTable keys = new KeyTable();
    private final TargetTable targets = new TargetTable();
    private final Map<String, String> usageOptions = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<ModelFacts> facts = new AtomicReferenceArray<>(KeyTable.CAPACITY);
    private final CallRecorder recorder;
    private final DetachedCalls detachedCalls;
    private final LongSupplier nanoClock;
    private volatile long maxDurationNanos;
    private final EnginePools enginePools;

    // No lambdas in this class and those it starts with: the first one costs 20 ms of the application's start.
    private final ThreadLocal<ThreadCalls> threads = ThreadLocal.withInitial(new Registration());
    private final CallingThreads callingThreads;
    private final Set<String> layersOff = ConcurrentHashMap.newKeySet();
    private final boolean[] shortCalls = new boolean[KeyTable.CAPACITY];
    private volatile ThreadClock clock = ThreadClock.NONE;
    private volatile TenantLookup tenants = TenantLookup.NOBODY;
    private volatile @Nullable Admission admission;

    /** Makes an empty record; a call may last ten minutes until {@link #limitDuration} says otherwise. */
    public Calls() {
        this(new CallRecorder(), new NanoTime(), Duration.ofMinutes(10), EnginePools.ofThisProcess());
    }

    Calls(CallRecorder recorder, LongSupplier nanoClock, Duration maxDuration, EnginePools enginePools) {
        this.recorder = recorder;
        this.detachedCalls = new DetachedCalls(recorder, nanoClock);
        this.callingThreads = new CallingThreads(recorder);
        this.nanoClock = nanoClock;
        this.maxDurationNanos = maxDuration.toNanos();
        this.enginePools = enginePools;
    }

    private ThreadCalls register() {
        Thread thread = Thread.currentThread();
        boolean virtual = VirtualThreads.isVirtual(thread);
        ThreadCalls calls = new ThreadCalls(thread, virtual, targets);
        if (!virtual) {
            callingThreads.add(calls);
        }
        return calls;
    }

    /** Returns the number under which calls of this key are recorded; that of {@link ModelKey#OTHER} when the table is full. */
    public int key(ModelKey key) {
        return keys.number(key);
    }

    /** Returns the number under which a call carries what it asks of another machine. */
    public int target(RemoteTarget target) {
        return targets.number(target);
    }

    /**
     * Tells what an application sets so that the streams of a client tell their usage.
     *
     * @param client as in {@link RemoteTarget#client}
     */
    public void usageOption(String client, String option) {
        usageOptions.put(client, option);
    }

    /** Returns what was told as {@link #usageOption(String, String)}, or null. */
    public @Nullable String usageOption(String client) {
        return usageOptions.get(client);
    }

    /** As {@link TargetTable#computeHere}. */
    public void computeHere(Predicate<String> hosts) {
        targets.computeHere(hosts);
    }

    /** Tells who says on whose behalf requests are made; those that have begun stay nobody's. */
    public void tenants(TenantLookup lookup) {
        tenants = lookup;
    }

    /** Returns the hash of the tenant that the calling thread works for, 0 for nobody. */
    public long currentTenant() {
        return tenants.currentHash();
    }

    /** Tells who may reject requests; null, as in the beginning, for nobody. */
    public void admitBy(@Nullable Admission newAdmission) {
        admission = newAdmission;
    }

    /** Returns the table of targets. */
    public TargetTable targets() {
        return targets;
    }

    /** Adds what is known of a model; what was known before stays. */
    public void describe(int key, ModelFacts known) {
        ModelFacts before = facts(key);
        if (!before.complete() && !known.equals(ModelFacts.NONE)) {
            facts.set(key, before.orElse(known));
        }
    }

    public ModelFacts facts(int key) {
        ModelFacts known = facts.get(key);
        return known == null ? ModelFacts.NONE : known;
    }

    /**
     * Begins a call on the calling thread. Inside another call of this thread it becomes part of that one, which alone
     * is recorded as a request and owns the energy.
     *
     * @param layer name of the library that is called; a call directly inside one of the same layer is the same call
     * @param key from {@link #key}
     * @param units batch rows, at least 1
     */
    public InferenceCall start(String layer, int key, long units) {
        return start(layer, key, 1, units);
    }

    /**
     * Begins a call that a server has gathered from the requests of many clients: it counts as that many requests, which
     * share its energy evenly. Inside another call it is part of that one, like any.
     *
     * @param requests at least 1
     * @param units batch rows of all of them, at least 1
     * @throws CallRejectedException if somebody {@linkplain #admitBy rejects} the request, which has not begun then; never inside
     *     another call
     */
    public InferenceCall start(String layer, int key, long requests, long units) {
        ThreadCalls thread = threads.get();
        if (thread.depth() > 0) {
            if (!isStale(thread.root())) {
                InferenceCall top = thread.top();
                if (top.layer.equals(layer)) {
                    top.reentries++;
                    return top;
                }
                return thread.pushInner(layer, key, units);
            }
            finishRoot(thread.root(), Outcome.ABANDONED);
            thread.clear();
        } else {
            endLeftOver(thread);
        }
        Admission asked = admission;
        if (asked != null) {
            admit(asked, key);
        }
        long tenant = tenants.currentHash(); // before there is anything that would have to be ended
        InferenceCall root = thread.pushRoot(layer, key, Math.max(1, requests), Math.max(1, units));
        root.tenant = tenant;
        // Processor time costs 200 ns to read: not for calls that are known to be shorter than a millisecond.
        long cpu = shortCalls[key] || thread.virtual ? NOT_READ : clock.currentNanos();
        long now = nanoClock.getAsLong();
        recorder.begin(thread.home, key, root.requests, root.units, now);
        thread.notes.began(cpu);
        root.begin(now, cpu);
        return root;
    }

    /**
     * Ends a call that was taken off its thread, and then what failed on the way, such as for want of memory, left it in flight: the
     * next one comes into the same instance, and nobody could ever end it.
     */
    private void endLeftOver(ThreadCalls thread) {
        if (thread.root().inFlightToken() != 0) {
            finishRoot(thread.root(), Outcome.ABANDONED);
        }
    }

    /**
     * Tells whom a call asks that has just begun, on its thread. The time of a call inside another one is looked at from here on: what
     * of it goes on elsewhere, or is recorded apart, began now.
     *
     * @param targetNumber from {@link #target}
     */
    public void ask(InferenceCall call, int targetNumber) {
        if (!call.isRoot()) {
            call.beginNanos = nanoClock.getAsLong();
        }
        call.asks(targetNumber);
    }

    private void admit(Admission asked, int key) {
        String why = asked.refusal(keys.key(key), tenants);
        if (why != null) {
            throw new CallRejectedException(why);
        }
    }

    /** A root whose layer was switched off, or that is too old, never saw its end: it must not swallow later calls. */
    private boolean isStale(InferenceCall root) {
        return root.inFlightToken() == 0
                || (!layersOff.isEmpty() && layersOff.contains(root.layer))
                || nanoClock.getAsLong() - root.beginNanos > maxDurationNanos;
    }

    /** Ends a call that {@link #start} returned, on the same thread. A call that is not in flight is left alone. */
    public void finish(InferenceCall call, Outcome outcome) {
        if (call.reentries > 0) {
            call.reentries--;
            return;
        }
        ThreadCalls thread = call.thread;
        if (!thread.pop(call)) {
            return;
        }
        DetachedCall lender = call.lender;
        if (lender != null && call.endsLender && call.hasTokens()) {
            // Its own word; what those who worked for it have reported is the same tokens.
            lender.tokens(call.inputTokens, call.cachedTokens, call.outputTokens, call.reasoningTokens);
        }
        if (lender != null && call.endsLender && call.isRemote()) {
            lender.takeTarget(call.target);
        }
        thread.settleTokens(call);
        if (call == thread.root()) {
            finishRoot(call, outcome);
        } else {
            if (lender == null) {
                boolean told = call.insideTold || (call.isRemote() && call.hasTokens());
                finishRemotePart(call, outcome);
                thread.top().insideTold |= told;
            }
            int rootKey = thread.root().key;
            ModelFacts inner = facts.get(call.key);
            if (inner != null && facts.get(rootKey) == null) {
                facts.set(rootKey, inner);
            }
        }
    }

    /** What went out to the network belongs to the request of the outermost call, which takes it over if it can. */
    private void finishRemotePart(InferenceCall part, Outcome outcome) {
        if (!part.isRemote() || !part.hasTheWord()) {
            return;
        }
        InferenceCall root = part.root();
        InferenceCall around = part.thread.remote();
        if (!part.hasTokens() && around != null && around != root) {
            return; // it tells itself what this one cannot
        }
        DetachedCall lender = part.thread.lender();
        boolean failed = outcome == Outcome.ERROR;
        if (!(lender == null ? root.takeRemote(part, failed) : lender.takeRemote(part, failed))) {
            root.partApart(targets.isComputedHere(part.target));
            recorder.addPart(part.thread.home, partOf(root, part), outcome, nanoClock.getAsLong());
        }
    }

    private static InferenceCall partOf(InferenceCall root, InferenceCall part) {
        InferenceCall copy = part.copy();
        copy.key = root.key;
        copy.requests = 0;
        copy.parted = false;
        copy.tenant = root.tenant;
        return copy;
    }

    /**
     * Ends a call from another thread than its own, which would count its later calls as part of this one else. What processor
     * time its thread has spent is not known then.
     *
     * @param begunNanos when the call began that is meant, since the instance may serve the next one by now
     */
    void finishFromElsewhere(InferenceCall root, long begunNanos, Outcome outcome) {
        long token = root.inFlightToken();
        InferenceCall copy = root.copy();
        DetachedCall lender = root.lender;
        boolean isWhole = lender == null || root.endsLender;
        if (root.beginNanos != begunNanos || !isWhole || !root.endOnce(token)) {
            return;
        }
        if (lender == null) {
            recorder.end(copy.thread.home, copy, outcome, nanoClock.getAsLong(), NOT_READ);
        } else {
            recorder.use(copy.thread.home, copy, nanoClock.getAsLong(), NOT_READ);
            lender.finish(outcome);
        }
    }

    /** Reads the processor time of a call's thread. A clock that fails, as any code may for want of memory, must not cost the call its end. */
    private long cpuNow(InferenceCall root) {
        if (root.cpuBeginNanos == NOT_READ) {
            return NOT_READ;
        }
        try {
            return clock.currentNanos();
        } catch (Throwable unreadable) {
            return NOT_READ;
        }
    }

    private void finishRoot(InferenceCall root, Outcome outcome) {
        long now = nanoClock.getAsLong();
        long cpu = cpuNow(root);
        long used = sinceBegin(root.cpuBeginNanos, cpu);
        DetachedCall lender = root.lender;
        if (root.thread.endRoot(used, cpu)) {
            root.insideTold = false; // it has taken over what they told
            if (root.isRemote() && !root.hasTheWord()) {
                root.leaveToOthers();
            }
            root.thread.notes.recorded(
                    lender == null
                            ? recorder.end(root.thread.home, root, outcome, now, used)
                            : recorder.use(root.thread.home, root, now, used));
        }
        if (lender != null) {
            lender.addTokensOf(root);
            if (root.endsLender) {
                lender.finish(outcome);
            }
        }
    }

    /**
     * Takes a call off its thread, because its answer comes after the method that began it returns. To be called instead of
     * {@link #finish}, on the same thread.
     *
     * <p>What goes on of a call inside another one is only that it asks another machine: the tokens that it will report.
     *
     * @return the call as it goes on, or null if it is part of another one, which owns the energy, or has ended: then it is
     *     finished here and nothing goes on
     */
    public @Nullable DetachedCall detach(InferenceCall call) {
        ThreadCalls thread = call.thread;
        if (call.reentries == 0 && call.isRemote() && call != thread.root()) {
            return thread.pop(call) ? detachPart(thread, call) : null;
        }
        if (call.reentries > 0 || call != thread.root() || call.lender != null) {
            finish(call, Outcome.OK);
            return null;
        }
        if (!thread.pop(call)) {
            return null;
        }
        thread.settleTokens(call);
        try {
            return handOver(call, nanoClock.getAsLong());
        } catch (Throwable broken) {
            finishRoot(call, Outcome.OK); // it is on no thread any more, so nobody else could
            throw broken;
        }
    }

    private DetachedCall detachPart(ThreadCalls thread, InferenceCall call) {
        InferenceCall part = partOf(thread.root(), call);
        InferenceCall around = thread.remote();
        part.outerWord = around == null ? null : around.sharedWord();
        if (thread.lender() == null) {
            thread.root().partApart(targets.isComputedHere(part.target));
        }
        return detachedCalls.addPart(part, thread.lender());
    }

    /**
     * Lets other threads work for the call in flight on this thread, whose method waits for them. It ends as usual, by {@link
     * #finish} on this thread; who still works for it then is no part of it any more.
     *
     * @return what the others {@linkplain #attach attach} to: the outermost call, also when {@code call} is inside that;
     *     null if it has ended
     */
    public @Nullable DetachedCall lend(InferenceCall call) {
        InferenceCall root = call.root();
        if (root.lender != null) {
            return root.lender;
        }
        long now = nanoClock.getAsLong();
        DetachedCall whole = handOver(root, now);
        if (whole != null) {
            root.lender = whole;
            root.endsLender = true;
            long cpu = cpuNow(root);
            root.thread.notes.began(cpu);
            root.moveTo(root.key, now, cpu); // it began when it began, which is how its holder knows it
        }
        return whole;
    }

    /** Ends a call where there is no memory for what goes on of it. */
    private @Nullable DetachedCall handOver(InferenceCall root, long nowNanos) {
        InferenceCall copy = root.copy();
        long cpu = cpuNow(root);
        long used = sinceBegin(root.cpuBeginNanos, cpu);
        if (!root.thread.endRoot(used, cpu)) {
            return null;
        }
        try {
            root.thread.notes.recorded(recorder.use(root.thread.home, root, nowNanos, used));
            return detachedCalls.add(copy);
        } catch (Throwable broken) { // for want of memory: nobody could ever end it
            if (copy.inFlightToken() == 0 || copy.endOnce(copy.inFlightToken())) {
                recorder.end(copy.thread.home, copy, Outcome.OK, nowNanos, 0);
            }
            throw broken;
        }
    }

    /**
     * Lets the calling thread work for a call that began elsewhere: until {@link #finish} calls that begin here are part of
     * it, and the processor time of this thread is its own.
     *
     * <p>A thread that is inside a call of its own works on for that one; only what it asks of other machines meanwhile is part of
     * the other call, if that asks one itself.
     *
     * @return what {@link #finish} takes, on the same thread; null if nothing can be part of the call, or it has ended
     */
    public @Nullable InferenceCall attach(DetachedCall detached) {
        ThreadCalls thread = threads.get();
        if (!detached.inFlight()) {
            return null;
        }
        if (thread.depth() > 0 && !isStale(thread.root())) {
            return attachInside(thread, detached);
        }
        if (thread.depth() > 0) {
            finishRoot(thread.root(), Outcome.ABANDONED);
            thread.clear();
        } else {
            endLeftOver(thread);
        }
        InferenceCall whole = detached.call();
        InferenceCall part = thread.pushRoot(whole.layer, detached.key(), whole.requests, whole.units);
        part.lender = detached;
        long cpu = thread.virtual ? NOT_READ : clock.currentNanos();
        thread.notes.began(cpu);
        part.begin(nanoClock.getAsLong(), cpu);
        return part;
    }

    /** The processor time stays with the call of this thread; what is asked of other machines goes to the other call. */
    private static @Nullable InferenceCall attachInside(ThreadCalls thread, DetachedCall detached) {
        InferenceCall whole = detached.call();
        if (!whole.isRemote()) {
            return null;
        }
        InferenceCall part = thread.pushInner(whole.layer, thread.root().key, whole.units);
        if (part == thread.top()) {
            part.lender = detached;
        }
        return part;
    }

    static long sinceBegin(long cpuBegin, long cpu) {
        return cpuBegin == NOT_READ || cpu == NOT_READ ? NOT_READ : Math.max(0, cpu - cpuBegin);
    }

    /** Books the call in flight under another key from now on, when the model became known only inside. */
    public void rebook(InferenceCall call, int newKey) {
        DetachedCall lender = call.lender;
        if (lender != null) {
            lender.rebook(newKey);
        }
        if (!call.isRoot() || call.key == newKey) {
            return;
        }
        long cpu = cpuNow(call);
        long now = nanoClock.getAsLong();
        // Out of the sampler's sight meanwhile: it must not give the call up, nor see the new key with the old times.
        long used = sinceBegin(call.cpuBeginNanos, cpu);
        if (call.thread.endRoot(used, NOT_READ)) {
            call.thread.notes.recorded(
                    lender == null
                            ? recorder.move(call.thread.home, call, newKey, now, used)
                            : recorder.use(call.thread.home, call, now, used));
            call.thread.askAs(newKey);
            call.moveTo(newKey, now, cpu);
        }
    }

    /** Tells that calls of this layer may never see their end because its instrumentation was switched off. */
    public void layerOff(String layer) {
        layersOff.add(layer);
        detachedCalls.releaseAll();
    }

    /** Returns the registry of the engines' own threads. */
    public EnginePools enginePools() {
        return enginePools;
    }

    /** Returns the table of keys. */
    public KeyTable keys() {
        return keys;
    }

    /** Sets the clock for the processor time of the calling threads; before that there is only their time in flight. */
    public void useClock(ThreadClock threadClock) {
        clock = threadClock;
    }

    /** Sets how long a call may last before it is given up as {@link Outcome#ABANDONED}. */
    public void limitDuration(Duration maxDuration) {
        maxDurationNanos = maxDuration.toNanos();
    }

    /** Tells whether calls of this key are shorter than a millisecond, so that reading processor time would slow them. */
    public void markShort(int key, boolean isShort) {
        shortCalls[key] = isShort;
    }

    /** Adds all that happened up to {@code nanos} into {@code drain}. Sampler thread only. */
    public void drain(CallDrain drain, long nanos) {
        int keyCount = keys.size();
        drain.reset(nanos, keyCount);
        recorder.drain(drain, keyCount);
    }

    /**
     * Adds, for each call on a platform thread that was in flight at the end of {@code drain}, the processor time since its begin to {@code
     * cpuNanos[key]}, or where that is not known the time in flight to {@code unreadNanos[key]}; gives up calls that are too old, and those
     * of threads that have ended. Sampler thread only.
     */
    public void addCpuInFlight(long[] cpuNanos, long[] unreadNanos, CallDrain drain) {
        callingThreads.addCpuInFlight(cpuNanos, unreadNanos, drain, clock, maxDurationNanos);
    }

    /**
     * Adds up the processor time that the platform threads that make calls use outside of them, each from the end of its first call
     * on; one that has made none for {@value #LOOKS_AFTER_CALL} looks is left alone until the next. Never falls. Sampler thread only.
     */
    public long callersNanos() {
        return callingThreads.outsideNanos(clock);
    }

    /** Forgets threads that have ended, and gives up calls that left theirs too long ago. Sampler thread only, now and then. */
    public void forgetDeadThreads() {
        detachedCalls.giveUp(nanoClock.getAsLong(), maxDurationNanos);
        callingThreads.forgetDead();
    }

    private final class Registration implements Supplier<ThreadCalls> {

        @Override
        public ThreadCalls get() {
            return register();
        }
    }

    private static final class NanoTime implements LongSupplier {

        @Override
        public long getAsLong() {
            return System.nanoTime();
        }
    }
}
