package io.inferwatt.agent.start;

import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.methods.MethodsModule;
import io.inferwatt.agent.tenant.ApplicationTenants;
import io.inferwatt.agent.weaving.AdviceLinker;
import io.inferwatt.agent.weaving.LazyTransformer;
import io.inferwatt.agent.weaving.Libraries;
import io.inferwatt.agent.weaving.SuppressedErrors;
import io.inferwatt.core.call.Calls;
import java.lang.instrument.Instrumentation;
import java.nio.file.FileSystems;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the agent does on the main thread before the application's first class: as little as possible. No Byte Buddy, no
 * Micrometer, no native code, no sleep, no network, and nothing that would initialise {@code java.util.logging}. Calls are
 * recorded from here on, whenever the meter begins to read them.
 */
public final class AgentStart implements Consumer<@Nullable Object[]> {

    /**
     * Starts the agent in this JVM. Called from the premain class, with which only types of the JDK are shared.
     *
     * @param parameters those of {@link #start}, in that order
     * @throws IllegalStateException if the agent could not be started; its cause tells why
     */
    @Override
    @SuppressWarnings("unchecked")
    public void accept(@Nullable Object[] parameters) {
        try {
            start(
                    (String) parameters[0],
                    (Function<String, @Nullable String>) Objects.requireNonNull(parameters[1]),
                    (Instrumentation) Objects.requireNonNull(parameters[2]),
                    Boolean.TRUE.equals(parameters[3]));
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    /**
     * Starts the agent in this JVM.
     *
     * @param arguments the text after {@code =} on the command line
     * @param settings looks up a key in the arguments, the system properties and the environment
     * @param running whether the application runs already
     */
    private static void start(
            @Nullable String arguments,
            Function<String, @Nullable String> settings,
            Instrumentation instrumentation,
            boolean running)
            throws Exception {
        ClassLoader agent = AgentStart.class.getClassLoader();
        preload();
        Calls calls = new Calls();
        LibraryCalls.recordIn(calls);
        calls.computeHere(new ThisMachine(settings));
        SuppressedErrors errors = new SuppressedErrors();
        MethodsModule methods = methods(settings);
        List<InstrumentationModule> modules = modules(agent, methods);
        modules.addAll(TenantModules.of(settings));
        Libraries libraries = new Libraries(modules, errors, calls, new SystemNanoClock());
        turnOffAsSet(libraries, settings);
        ApplicationCalls application = new ApplicationCalls(errors);
        Class<?> dispatcher = Dispatcher.install(instrumentation, new AdviceLinker(libraries, agent).handle());
        ApplicationQuestions questions = new ApplicationQuestions(errors);
        Dispatcher.open(dispatcher, application, new ApplicationTenants(), questions);
        // A transformer that can retransform comes after those that cannot, in any order of the agents: JaCoCo's must
        // see classes as compiled. Not where nobody needs it, since the JVM then starts some 10 % slower.
        boolean late = running || OtherAgents.areThere() || LoadedClasses.any(instrumentation, libraries);
        instrumentation.addTransformer(new LazyTransformer(libraries, errors, dispatcher), late);
        Thread main = running ? null : Thread.currentThread();
        Recording recording = new Recording(calls, libraries, application, questions, errors, methods);
        Init.thread(new MeteringOf(arguments, recording), main).start();
        if (late) {
            LoadedClasses.weave(instrumentation, libraries);
        }
    }

    private static List<InstrumentationModule> modules(ClassLoader agent, @Nullable MethodsModule methods) {
        List<InstrumentationModule> modules = new ArrayList<>();
        for (InstrumentationModule module : ServiceLoader.load(InstrumentationModule.class, agent)) {
            modules.add(module);
        }
        if (methods != null) {
            modules.add(methods);
        }
        return modules;
    }

    /** Before the application's classes are loaded, so not with the other settings. */
    private static @Nullable MethodsModule methods(Function<String, @Nullable String> settings) {
        String entries = EarlySetting.of(MethodsModule.NAME, settings);
        return entries == null || entries.isBlank() ? null : new MethodsModule(entries);
    }

    /**
     * Loads what the transformer uses before there is one: the JVM would ask it for its own classes while it runs, a fatal
     * ClassCircularityError (opentelemetry-java-instrumentation#14030, #19398). The file system is asked for here since its
     * first use from two threads at once can deadlock (JDK-8194653).
     */
    private static void preload() throws ClassNotFoundException {
        FileSystems.getDefault();
        ThreadLocalRandom.current();
        Class.forName("java.lang.invoke.MethodHandle$1", true, null);
    }

    /** The settings file is read later; a library that is off only there may be woven before, and its sites are emptied. */
    private static void turnOffAsSet(Libraries libraries, Function<String, @Nullable String> settings) {
        for (String library : libraries.names()) {
            String enabled = settings.apply("instrumentation." + library + ".enabled");
            if (enabled != null && "false".equalsIgnoreCase(enabled.trim())) {
                libraries.turnOff(library);
            }
        }
    }
}
