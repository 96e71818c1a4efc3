package io.inferwatt.agent.weaving;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.core.call.CallDrain;
import io.inferwatt.core.call.CallRecord;
import io.inferwatt.core.call.Calls;
import io.inferwatt.core.call.ModelKey;
import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.call.RemoteTarget;
import io.inferwatt.core.call.TargetTable;
import io.inferwatt.core.call.TokenUsage;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Libraries woven as the agent weaves them, in a class loader of their own, with real calls behind. Needs the dispatcher
 * in {@code java.base}: the build patches it in.
 */
public final class WovenLibrary {

    /** A call as it was recorded. */
    public record Recorded(ModelKey key, Outcome outcome, long units, long inputTokens, long outputTokens) {

        /** A call that wrote no tokens. */
        public Recorded(ModelKey key, Outcome outcome, long units, long inputTokens) {
            this(key, outcome, units, inputTokens, TokenUsage.UNKNOWN);
        }
    }

    public final Calls calls = new Calls();
    public final SuppressedErrors errors = new SuppressedErrors();
    public final Libraries libraries;
    public final ClassLoader loader;

    private final ClassLoader classPath;
    private final List<String> application;
    private final LazyTransformer transformer;
    private final CallDrain drain = new CallDrain();

    /**
     * @param application starts of the binary names of classes that belong to the application's loader; those after a {@code
     *     !} do not, whatever the others say
     * @param agent where advice comes from
     */
    public WovenLibrary(List<InstrumentationModule> modules, List<String> application, ClassLoader agent)
            throws ReflectiveOperationException {
        this(modules, application, agent, WovenLibrary.class.getClassLoader());
    }

    /** @param classPath where the classes of the application are read, and all others come from */
    public WovenLibrary(
            List<InstrumentationModule> modules, List<String> application, ClassLoader agent, ClassLoader classPath)
            throws ReflectiveOperationException {
        LibraryCalls.recordIn(calls);
        libraries = new Libraries(modules, errors, calls, System::nanoTime);
        Class<?> dispatcher = Class.forName("java.lang.InferwattDispatcher", true, null);
        MethodHandle linker = new AdviceLinker(libraries, agent).handle();
        dispatcher.getField("linker").set(null, linker);
        this.classPath = classPath;
        this.application = application;
        transformer = new LazyTransformer(libraries, errors, dispatcher);
        loader = anotherLoader();
    }

    /** Returns a loader that defines the same classes once more. */
    public ClassLoader anotherLoader() {
        return new ApplicationLoader(classPath, application, transformer);
    }

    /** Returns the calls that ended since this was asked before. */
    public List<Recorded> recorded() {
        calls.drain(drain, System.nanoTime());
        return recorded(drain);
    }

    /** Returns the calls that ended before such a look. */
    public List<Recorded> recorded(CallDrain drained) {
        List<Recorded> recorded = new ArrayList<>();
        CallRecord view = new CallRecord();
        for (int i = 0; i < drained.recordCount(); i++) {
            CallRecord call = drained.record(i, view);
            recorded.add(new Recorded(
                    calls.keys().key(call.key()),
                    call.outcome(),
                    call.units(),
                    call.inputTokens(),
                    call.outputTokens()));
        }
        return recorded;
    }

    /**
     * What a call asked of a remote model, as it was recorded.
     *
     * @param requests 0 if it is a part of another call that could not take it over
     * @param streamed whether the first piece of the answer was told of
     */
    public record AskedRemotely(
            ModelKey key,
            Outcome outcome,
            RemoteTarget target,
            long requests,
            long units,
            TokenUsage tokens,
            boolean streamed) {}

    /** Returns what the calls that ended since this or {@link #recorded} was asked before asked of remote models. */
    public List<AskedRemotely> askedRemotely() {
        calls.drain(drain, System.nanoTime());
        List<AskedRemotely> asked = new ArrayList<>();
        CallRecord view = new CallRecord();
        for (int i = 0; i < drain.recordCount(); i++) {
            CallRecord call = drain.record(i, view);
            if (call.target() != TargetTable.NONE && call.target() != TargetTable.ELSEWHERE) {
                asked.add(new AskedRemotely(
                        calls.keys().key(call.key()),
                        call.outcome(),
                        calls.targets().target(call.target()),
                        call.requests(),
                        call.units(),
                        new TokenUsage(
                                call.inputTokens(), call.cachedTokens(), call.outputTokens(), call.reasoningTokens()),
                        call.firstTokenNanos() != 0));
            }
        }
        return asked;
    }

    /** Returns how many requests of a model have ended. */
    public long requests(String model) {
        calls.drain(drain, System.nanoTime());
        return drain.ended(calls.key(ModelKey.of(model)));
    }

    /** Returns how many calls of all models are begun and not ended. */
    public long inFlight() {
        calls.drain(drain, System.nanoTime());
        long inFlight = 0;
        for (int key = 0; key < drain.keys(); key++) {
            inFlight += drain.inFlight(key);
        }
        return inFlight;
    }

    /** Defines the classes of the application itself, each passed through the transformer as the JVM would. */
    private static final class ApplicationLoader extends ClassLoader {

        private final List<String> own;
        private final LazyTransformer transformer;

        ApplicationLoader(ClassLoader classPath, List<String> own, LazyTransformer transformer) {
            super("application", classPath);
            this.own = own;
            this.transformer = transformer;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!isOwn(name)) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private boolean isOwn(String name) {
            boolean isOwn = false;
            for (String start : own) {
                if (start.startsWith("!") && name.startsWith(start.substring(1))) {
                    return false;
                }
                isOwn |= name.startsWith(start);
            }
            return isOwn;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String internalName = name.replace('.', '/');
            try (InputStream stream = getResourceAsStream(internalName + ".class")) {
                if (stream == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] original = stream.readAllBytes();
                byte @Nullable [] woven = transformer.transform(this, internalName, null, null, original);
                byte[] bytes = woven == null ? original : woven;
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }
    }
}
