package io.inferwatt.agent.instrumentation;

import io.inferwatt.agent.tracing.DistantSpan;
import io.inferwatt.agent.tracing.Tracing;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.DetachedCall;
import io.inferwatt.core.call.EnginePool;
import io.inferwatt.core.call.EnginePools;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.ModelFacts;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.OpenCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.TokenUsage;
import io.inferwatt.core.call.UnitTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one library. What the {@code …Calls} class of an instrumentation talks to; it keeps one in a constant.
 * Safe from all threads.
 */
public final class LibraryCalls {

    /** The model of a call that does not know its model. A call inside that knows gives its own name to the request. */
    public static final String UNNAMED = "unknown";

    private static final int LONGEST_NAME = 100;

    private static volatile @Nullable Calls callsOfThisJvm;

    private final String library;
    private final Calls calls;

    private LibraryCalls(String library, Calls calls) {
        this.library = library;
        this.calls = calls;
    }

    /** Tells where all libraries record their calls; before the first class is woven. */
    public static void recordIn(Calls calls) {
        callsOfThisJvm = calls;
    }

    /**
     * Tells who knows what calls drew lately, for the spans of an application that is traced. Calls that end before leave their spans as
     * they are.
     *
     * @param rates null for nobody
     */
    public static void rateBy(@Nullable Rates rates) {
        RecentRate.by(rates);
    }

    public static LibraryCalls of(String library) {
        return new LibraryCalls(library, Objects.requireNonNull(callsOfThisJvm, "no record of calls yet"));
    }

    /**
     * Returns the number of a model; costs a look-up in a table, so keep it with the model.
     *
     * @param operation {@link ModelKey#INFERENCE} where nothing better is known
     * @param runtime the engine that computes it, null if not known
     * @param device where it computes, for instance {@code cpu} or {@code cuda}; null if not known
     */
    public int key(String model, String operation, @Nullable String runtime, @Nullable String device) {
        int key = calls.key(new ModelKey(label(model), operation));
        calls.describe(key, new ModelFacts(runtime, device));
        return key;
    }

    /** Returns the number of a model outside this process. */
    int remoteKey(String model, String operation, boolean onOtherMachine) {
        return calls.key(new ModelKey(label(model), operation, onOtherMachine));
    }

    int target(RemoteTarget target) {
        return calls.target(target);
    }

    boolean isComputedHere(int target) {
        return calls.targets().isComputedHere(target);
    }

    void usageOption(String usageOption) {
        calls.usageOption(library, usageOption);
    }

    /** Begins a call that goes out to the network; what is around it is remote then as well. */
    InferenceCall startRemote(int key, long units, int target) {
        InferenceCall call = begin(key, 1, units); // linked to its span by who asks for that
        try {
            if (!call.isReentered()) { // else it has said so already, and may know more
                calls.ask(call, target);
            }
            return call;
        } catch (Throwable broken) {
            endHalfBegun(call);
            throw broken;
        }
    }

    /** A name becomes a label of metrics: one line of at most {@value #LONGEST_NAME} characters. */
    private static String label(String model) {
        String name = model.strip();
        if (name.length() > LONGEST_NAME) {
            name = name.substring(0, LONGEST_NAME);
        }
        for (int i = 0; i < name.length(); i++) {
            if (Character.isISOControl(name.charAt(i))) {
                name = name.replace(name.charAt(i), ' ');
            }
        }
        return name.isEmpty() ? UNNAMED : name;
    }

    /** Begins a call; return it from the enter advice. Must be the last thing there that can fail. */
    public InferenceCall start(int key, long units) {
        return startBatch(key, 1, units);
    }

    /**
     * Begins a call of a local engine; the last thing in an enter advice, like {@link #start(int, long)}.
     *
     * @param inputTokens how many tokens it reads, {@link TokenUsage#UNKNOWN} if not known
     * @param pool the engine's own threads, null if not known
     */
    public InferenceCall start(int key, long units, long inputTokens, @Nullable EnginePool pool) {
        InferenceCall call = start(key, units);
        try {
            if (inputTokens != TokenUsage.UNKNOWN) {
                call.tokens(inputTokens, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN);
            }
            if (pool != null) {
                pool.usedBy(call);
            }
            return call;
        } catch (Throwable broken) {
            endHalfBegun(call);
            throw broken;
        }
    }

    /**
     * Begins a call that a server has gathered from the requests of many clients; it counts as that many requests, which
     * share its energy evenly.
     *
     * @param units batch rows of all of them
     */
    public InferenceCall startBatch(int key, long requests, long units) {
        InferenceCall call = begin(key, requests, units);
        try {
            if (call.isRoot() && !call.isReentered()) {
                Tracing.link(call);
            }
            return call;
        } catch (Throwable broken) {
            endHalfBegun(call);
            throw broken;
        }
    }

    private InferenceCall begin(int key, long requests, long units) {
        InferenceCall call = calls.start(library, key, Math.max(1, requests), Math.max(1, units));
        try {
            if (!call.isRoot()) {
                nameRoot(call.root(), key);
            }
            return call;
        } catch (Throwable broken) {
            endHalfBegun(call);
            throw broken;
        }
    }

    /**
     * Ends a call whose begin fails after all, such as for want of memory: nobody could ever end it, and all further calls of this thread
     * would be part of it.
     */
    private void endHalfBegun(InferenceCall call) {
        calls.finish(call, Outcome.OK);
    }

    /** Begins a call like {@link #startBatch} that the application holds in its hands. */
    public HeldCall open(int key, long requests, long units) {
        InferenceCall call = startBatch(key, requests, units);
        try {
            return new HeldCall(new OpenCall(calls, call), RecentRate.spanOf(call));
        } catch (Throwable broken) {
            endHalfBegun(call);
            throw broken;
        }
    }

    /**
     * Lets a call go on after the method that began it returns, as streams and futures do; instead of {@link #finish}, in the
     * exit advice. Must end by {@link LeftCall#finish} then; if it never does it is given up when it is too old.
     *
     * @return null if there is nothing to end: it is part of another call, or there is none
     */
    public @Nullable LeftCall detach(@Nullable Object call) {
        if (call == null) {
            return null;
        }
        InferenceCall leaving = (InferenceCall) call;
        DistantSpan span;
        try {
            span = RecentRate.spanOf(leaving);
        } catch (Throwable broken) {
            endHalfBegun(leaving);
            throw broken;
        }
        return left(leaving, span);
    }

    /** Does the same for a call of a model on another machine, of which its span is told otherwise. */
    @Nullable
    LeftCall detachRemote(InferenceCall call) {
        return left(call, null);
    }

    private @Nullable LeftCall left(InferenceCall call, @Nullable DistantSpan span) {
        DetachedCall detached = calls.detach(call);
        if (detached == null) {
            return null;
        }
        try {
            return new LeftCall(detached, span);
        } catch (Throwable broken) {
            detached.finish(Outcome.OK); // nobody could ever do so
            throw broken;
        }
    }

    /**
     * Lets other threads work for a call whose method waits for them; they {@link #attach} to what is returned. The call still
     * ends by {@link #finish}.
     */
    public @Nullable DetachedCall lend(@Nullable Object call) {
        return call == null ? null : calls.lend((InferenceCall) call);
    }

    /**
     * Makes the calling thread work for a call of another one, until {@link #finish} of what this returns. Calls that begin
     * meanwhile are part of it.
     */
    public @Nullable InferenceCall attach(@Nullable DetachedCall call) {
        return call == null ? null : calls.attach(call);
    }

    /** As {@link #attach(DetachedCall)}. */
    public @Nullable InferenceCall attach(@Nullable LeftCall call) {
        return call == null ? null : calls.attach(call.call());
    }

    /** Names a call that is {@link #UNNAMED} until then, when only its answer tells its model; from the enter advice's value. */
    public void name(@Nullable Object call, int key) {
        if (call != null) {
            nameRoot(((InferenceCall) call).root(), key);
        }
    }

    private void nameRoot(InferenceCall root, int innerKey) {
        ModelKey outer = calls.keys().key(root.key());
        ModelKey inner = calls.keys().key(innerKey);
        boolean named = !outer.model().equals(UNNAMED) || inner.model().equals(UNNAMED);
        if (!named || (inner.remote() && !outer.remote())) {
            String model = named ? outer.model() : inner.model();
            boolean remote = outer.remote() || inner.remote();
            calls.rebook(root, calls.key(new ModelKey(model, outer.operation(), remote)));
        }
    }

    /** Ends a call, if there is one: an enter advice that failed or is switched off left null. */
    public void finish(@Nullable Object call, @Nullable Throwable error) {
        finish(call, error == null ? Outcome.OK : Outcome.ERROR);
    }

    /** Ends a call, if there is one, with an outcome that its exception does not tell. */
    public void finish(@Nullable Object call, Outcome outcome) {
        if (call != null) {
            InferenceCall ending = (InferenceCall) call;
            UnitTime time = RecentRate.timeOf(ending);
            calls.finish(ending, outcome);
            if (time != null) {
                RecentRate.tell(ending, time);
            }
        }
    }

    /** Ends a call of a model on another machine, of which its span is told otherwise. */
    void finishRemote(InferenceCall call, Outcome outcome) {
        calls.finish(call, outcome);
    }

    /** Takes note of the threads there are, before the library starts an engine; for {@link #engineStarted}. */
    public EnginePools.Snapshot beforeEngine() {
        return calls.enginePools().beforeCreation();
    }

    /** Returns the native threads that this thread's engine started since, or null if nobody looked before. */
    public @Nullable EnginePool engineStarted(@Nullable Object before) {
        return before == null ? null : calls.enginePools().afterCreation((EnginePools.Snapshot) before);
    }

    /**
     * Returns the native threads that this thread's engine started since, as {@link #engineStarted} does; those which these
     * start later, when they first compute, will be the engine's as well.
     *
     * @param late how many these will be at most, {@link Integer#MAX_VALUE} if not known
     */
    public @Nullable EnginePool growingEngineStarted(@Nullable Object before, int late) {
        return before == null ? null : calls.enginePools().afterCreation((EnginePools.Snapshot) before, late);
    }
}
