package io.inferwatt.agent.instrumentation;

import io.inferwatt.agent.tracing.CallSpan;
import io.inferwatt.agent.tracing.Tracing;
import io.inferwatt.core.call.InferenceCall;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.RemoteTarget.Work;
import org.jspecify.annotations.Nullable;

/**
 * The calls that one library makes to models outside this process. What the {@code …Calls} class of such an instrumentation
 * talks to; it keeps one in a constant. Safe from all threads.
 */
public final class RemoteCalls {

    /** Operations, in the words of OpenTelemetry's {@code gen_ai.operation.name} as far as it has one. */
    public static final String CHAT = "chat";

    public static final String TEXT_COMPLETION = "text_completion";
    public static final String EMBEDDINGS = "embeddings";
    public static final String IMAGE_GENERATION = "image_generation";

    private static volatile @Nullable Estimator estimator;

    private final String library;
    private final LibraryCalls calls;

    private RemoteCalls(String library) {
        this.library = library;
        this.calls = LibraryCalls.of(library);
    }

    public static RemoteCalls of(String library) {
        return new RemoteCalls(library);
    }

    /**
     * Returns the calls of a library whose streams tell no usage unless asked to.
     *
     * @param usageOption what an application sets so that they do, as a person would write it in a sentence: the line that advises
     *     so is completed with it
     */
    public static RemoteCalls of(String library, String usageOption) {
        RemoteCalls made = new RemoteCalls(library);
        made.calls.usageOption(usageOption);
        return made;
    }

    /**
     * Tells who estimates what calls draw, for the spans of an application that is traced. Calls that end before leave their spans
     * as they are.
     *
     * @param estimates null for nobody
     */
    public static void estimateWith(@Nullable Estimator estimates) {
        estimator = estimates;
    }

    static @Nullable Estimator estimator() {
        return estimator;
    }

    /**
     * Begins a call; must be the last thing in an enter advice that can fail, which returns it.
     *
     * @param model as the application asks for it; empty if it names none
     * @param operation one of the constants here
     * @param units inputs of an embedding, images asked for, else 1
     */
    public RemoteCall start(RemoteServer server, String model, String operation, Work work, long units) {
        return start(server, model, operation, work, units, "");
    }

    /**
     * Begins a call that makes images.
     *
     * @param imageSize width and height asked for, such as {@code 1024x1024}; empty if not told
     */
    public RemoteCall start(
            RemoteServer server, String model, String operation, Work work, long units, String imageSize) {
        RemoteTarget asked =
                new RemoteTarget(library, server.provider(), server.host(), server.region(), model, work, imageSize);
        int target = calls.target(asked);
        boolean here = calls.isComputedHere(target);
        int key = calls.remoteKey(ModelNames.ofRemote(model), operation, !here);
        CallSpan span = Tracing.current();
        InferenceCall call = calls.startRemote(key, units, target);
        try {
            TracedCall traced = span == null ? null : traced(span, call, here, work, units);
            return new RemoteCall(calls, asked, operation, !here, call, traced);
        } catch (Throwable broken) { // such as for want of memory: nobody could ever end it
            calls.finishRemote(call, Outcome.OK);
            throw broken;
        }
    }

    /** What is computed here is metered, and its span told like those of other local models. */
    private static @Nullable TracedCall traced(CallSpan span, InferenceCall call, boolean here, Work work, long units) {
        span.link(call);
        if (here) {
            return null;
        }
        span.enter(call.isRoot() && !call.isReentered());
        return new TracedCall(span, work, units);
    }
}
