package io.inferwatt.agent.start;

import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.agent.tenant.ApplicationTenants;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Puts the dispatcher class into {@code java.base}. First way: open {@code java.lang} to the agent's own module and define
 * the class there, as JaCoCo has done for years. The documented way, appending to the bootstrap class path, makes the JVM
 * drop archived classes (about 400 of 2,640 on JDK 25, with a warning), so it is only the second.
 *
 * <p>Must itself live in the agent's loader: opened to the unnamed module of the premain class, {@code java.lang} would be
 * open to the application (jacoco/jacoco#1328).
 */
final class Dispatcher {

    /** For tests: {@code append} takes the second way at once. */
    private static final String WAY = "io.inferwatt.agent.dispatcher";

    private static final String RESOURCE = "dispatcher.bin";

    private static final String INJECTED = "java/lang/InferwattDispatcher";

    /** The JVM never looks for {@code java.lang} on a class path. As long as the other name, so a class file can be patched. */
    private static final String APPENDED = "inferwatt/InferwattDispatcher";

    private static final String LINKER = "linker";
    private static final String BEGIN = "begin";
    private static final String TENANT = "tenant";
    private static final String ALLOWED = "allowed";

    private Dispatcher() {}

    /** Defines the dispatcher, tells it who links advice, and returns it. */
    static Class<?> install(Instrumentation instrumentation, MethodHandle linker)
            throws IOException, ReflectiveOperationException {
        byte[] classFile = classFile();
        Class<?> dispatcher;
        try {
            if ("append".equals(System.getProperty(WAY))) {
                throw new IllegalStateException(WAY + "=append");
            }
            dispatcher = inject(instrumentation, classFile);
        } catch (IllegalAccessException | RuntimeException | LinkageError refused) {
            dispatcher = append(instrumentation, classFile);
            AgentLog.info("dispatcher appended to the bootstrap class path, this JVM does not take it otherwise ("
                    + refused.getMessage() + "); class data sharing may start slower");
        }
        // Initialised first: then the handle is a direct one, and setting through it needs no class to be spun.
        Class.forName(dispatcher.getName(), true, null);
        MethodHandles.publicLookup()
                .findStaticVarHandle(dispatcher, LINKER, MethodHandle.class)
                .setVolatile(linker);
        return dispatcher;
    }

    /** Tells the dispatcher who takes what the application itself tells of its calls and its threads, and who answers what it asks. */
    static void open(
            Class<?> dispatcher, ApplicationCalls calls, ApplicationTenants tenants, ApplicationQuestions questions)
            throws ReflectiveOperationException {
        MethodHandles.publicLookup()
                .findStaticVarHandle(dispatcher, ALLOWED, Predicate.class)
                .setVolatile(questions);
        MethodHandles.publicLookup()
                .findStaticVarHandle(dispatcher, BEGIN, BiFunction.class)
                .setVolatile(calls);
        MethodHandles.publicLookup()
                .findStaticVarHandle(dispatcher, TENANT, Function.class)
                .setVolatile(tenants);
    }

    private static byte[] classFile() throws IOException {
        try (InputStream stream = Dispatcher.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new FileNotFoundException("inst/" + RESOURCE + " in the agent's jar");
            }
            return stream.readAllBytes();
        }
    }

    private static Class<?> inject(Instrumentation instrumentation, byte[] classFile) throws IllegalAccessException {
        Module base = Object.class.getModule();
        Module agent = Dispatcher.class.getModule();
        instrumentation.redefineModule(
                base, Set.of(), Map.of(), Map.of("java.lang", Set.of(agent)), Set.of(), Map.of());
        Class<?> defined = MethodHandles.privateLookupIn(Object.class, MethodHandles.lookup())
                .defineClass(classFile);
        if (defined.getModule() != base) {
            throw new IllegalStateException("class landed in " + defined.getModule());
        }
        return defined;
    }

    private static Class<?> append(Instrumentation instrumentation, byte[] classFile)
            throws IOException, ClassNotFoundException {
        Path file = Files.createTempFile("inferwatt-dispatcher", ".jar");
        file.toFile().deleteOnExit();
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out)) {
            jar.putNextEntry(new JarEntry(APPENDED + ".class"));
            jar.write(renamed(classFile));
            jar.closeEntry();
        }
        try (JarFile jar = new JarFile(file.toFile())) {
            instrumentation.appendToBootstrapClassLoaderSearch(jar);
        }
        return Class.forName(APPENDED.replace('/', '.'), true, null);
    }

    private static byte[] renamed(byte[] classFile) {
        String text = new String(classFile, StandardCharsets.ISO_8859_1);
        return text.replace(INJECTED, APPENDED).getBytes(StandardCharsets.ISO_8859_1);
    }
}
