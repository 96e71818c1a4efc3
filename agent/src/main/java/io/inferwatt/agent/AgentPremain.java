package io.inferwatt.agent;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Entry point of the agent and of its command line. The only class of the agent that an application can see, therefore
 * without any dependency; opens the isolated class loader and hands over to the classes in there.
 *
 * <p>Nothing here may throw into the JVM: an exception that leaves {@code premain} ends the application.
 */
public final class AgentPremain {

    /** Whichever of the two there is marks an attached agent; see the class that defines them. */
    private static final List<String> DISPATCHERS =
            List.of("java.lang.InferwattDispatcher", "inferwatt.InferwattDispatcher");

    private static final String SOURCE_LAUNCHER = "jdk.compiler/com.sun.tools.javac.launcher.";
    private static final String START = "io.inferwatt.agent.start.AgentStart";
    private static final String COMMAND_LINE = "io.inferwatt.agent.command.CommandLine";

    private AgentPremain() {}

    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        attach(arguments, instrumentation, false);
    }

    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        attach(arguments, instrumentation, true);
    }

    /** Runs the command line. Ends the JVM only to report a failure, since there is no other way to set the exit code. */
    public static void main(String[] arguments) throws Exception {
        AgentClassLoader loader = new AgentClassLoader(ownJar());
        Thread.currentThread().setContextClassLoader(loader);
        @SuppressWarnings("unchecked")
        ToIntFunction<String[]> commandLine = (ToIntFunction<String[]>)
                loader.loadClass(COMMAND_LINE).getDeclaredConstructor().newInstance();
        int exitCode = commandLine.applyAsInt(arguments);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static void attach(@Nullable String arguments, Instrumentation instrumentation, boolean running) {
        try {
            EarlySettings settings = new EarlySettings(arguments);
            if (settings.disabled() || hostIsNoApplication() || alreadyAttached()) {
                return;
            }
            File jar = ownJar();
            if (!isAgentJar(jar)) {
                System.err.println("inferwatt: WARN not attached: " + jar + " is not inferwatt-agent.jar as released; "
                        + "the agent cannot work from inside another jar, point -javaagent at its own");
                return;
            }
            AgentClassLoader loader = new AgentClassLoader(jar);
            // Not by reflection on a method: from JDK 18 on its first call spins method handles, 15 ms of processor
            // time.
            @SuppressWarnings("unchecked")
            Consumer<@Nullable Object[]> start = (Consumer<@Nullable Object[]>)
                    loader.loadClass(START).getDeclaredConstructor().newInstance();
            start.accept(new @Nullable Object[] {arguments, settings, instrumentation, running});
        } catch (Throwable broken) {
            Throwable cause = broken.getCause() == null ? broken : broken.getCause();
            System.err.println("inferwatt: WARN not attached, the application runs unmetered: " + cause);
        }
    }

    /**
     * Tools of the JDK get the agent through JAVA_TOOL_OPTIONS; native images cannot be woven. The launcher of a program in
     * one source file ({@code java Service.java}) lies in the compiler's module, yet what it runs is an application.
     */
    private static boolean hostIsNoApplication() {
        if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
            return true;
        }
        String command = System.getProperty("sun.java.command");
        if (command != null && command.startsWith(SOURCE_LAUNCHER)) {
            return false;
        }
        return isTool(System.getProperty("jdk.module.main")) || isTool(command);
    }

    private static boolean isTool(@Nullable String moduleOrCommand) {
        return moduleOrCommand != null
                && (moduleOrCommand.startsWith("jdk.")
                        || moduleOrCommand.startsWith("java.")
                        || moduleOrCommand.startsWith("sun.tools.")
                        || moduleOrCommand.startsWith("sun.security.tools.")
                        || moduleOrCommand.startsWith("com.sun.tools."));
    }

    private static boolean alreadyAttached() {
        for (String dispatcher : DISPATCHERS) {
            if (isInBootLoader(dispatcher)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isInBootLoader(String className) {
        try {
            Class.forName(className, false, null);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    private static File ownJar() throws URISyntaxException {
        CodeSource source = AgentPremain.class.getProtectionDomain().getCodeSource();
        return new File(source.getLocation().toURI());
    }

    private static boolean isAgentJar(File file) throws IOException {
        if (!file.isFile()) {
            return false;
        }
        try (JarFile jar = new JarFile(file, false)) {
            Manifest manifest = jar.getManifest();
            return manifest != null
                    && AgentPremain.class
                            .getName()
                            .equals(manifest.getMainAttributes().getValue("Premain-Class"))
                    && jar.getEntry("inst/") != null;
        }
    }

    /** The settings that premain itself needs, before the configuration is read. Keys have no prefix. */
    static final class EarlySettings implements Function<String, @Nullable String> {

        private static final Set<String> NO = Set.of("false", "no", "off", "0");

        /** With blanks around it; of a long text the lower case may take for ever. */
        private static final int LONGEST_FLAG = 100;

        private final String arguments;

        EarlySettings(@Nullable String arguments) {
            this.arguments = arguments == null ? "" : arguments;
        }

        boolean disabled() {
            String enabled = apply("enabled");
            return enabled != null
                    && enabled.length() < LONGEST_FLAG
                    && NO.contains(enabled.trim().toLowerCase(Locale.ROOT));
        }

        /** Returns the value from the agent's arguments, the system properties or the environment, or null. */
        @Override
        public @Nullable String apply(String key) {
            String given = null;
            for (String argument : arguments.split(",", -1)) {
                int equals = argument.indexOf('=');
                String name = equals < 0 ? "" : argument.substring(0, equals).trim();
                if (name.equals(key) || name.equals("inferwatt.".concat(key))) {
                    given = argument.substring(equals + 1);
                }
            }
            if (given != null) {
                return given;
            }
            String property = System.getProperty("inferwatt." + key);
            return property != null
                    ? property
                    : System.getenv("INFERWATT_" + key.toUpperCase(Locale.ROOT).replace('.', '_'));
        }
    }

    /**
     * Loads the agent from {@code inst/} of its jar, where classes end in {@code .classdata} so that nobody else finds
     * them. Sees the JDK and itself, never the application. Has its own {@link JarFile}: {@code jar:} URLs share one
     * cache and its lock with the application, a known deadlock (elastic/apm-agent-java#2906).
     */
    static final class AgentClassLoader extends ClassLoader {

        static {
            registerAsParallelCapable();
        }

        private static final String OWN_SERVICES = "META-INF/services/io.inferwatt.";
        private static final int OLDEST_VERSIONED_RELEASE = 9;

        private final JarFile jar;
        private final ProtectionDomain domain;
        /** Folders to look in, the newest release this JVM runs first, {@code inst/} last. */
        private final String[] roots;

        AgentClassLoader(File file) throws IOException {
            super("inferwatt-agent", getPlatformClassLoader());
            jar = new JarFile(file, false, ZipFile.OPEN_READ);
            // Without a location: tools that measure the application, such as JaCoCo, take classes with one for its
            // own.
            CodeSource nowhere = new CodeSource((URL) null, (Certificate[]) null);
            Permissions all = new Permissions();
            all.add(new AllPermission());
            domain = new ProtectionDomain(nowhere, all);
            roots = roots();
        }

        private String[] roots() {
            int release = Runtime.version().feature();
            String[] found = new String[release];
            int count = 0;
            for (int version = release; version >= OLDEST_VERSIONED_RELEASE; version--) {
                String root = "inst/META-INF/versions/" + version + "/";
                if (jar.getEntry(root) != null) {
                    found[count++] = root;
                }
            }
            found[count++] = "inst/";
            return Arrays.copyOf(found, count);
        }

        /** What is in the jar comes from the jar: the boot class path may hold other versions of our libraries. */
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("java.") || classFile(name) == null) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }

        private @Nullable JarEntry classFile(String name) {
            return entry(name.replace('.', '/').concat(".class"));
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            JarEntry entry = classFile(name);
            if (entry == null) {
                throw new ClassNotFoundException(name);
            }
            try (InputStream stream = jar.getInputStream(entry)) {
                byte[] bytes = stream.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length, domain);
            } catch (IOException unreadable) {
                throw new ClassNotFoundException(name, unreadable);
            }
        }

        /** Nobody else has our services; asking the parents would open the image of the JDK's modules. */
        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith(OWN_SERVICES) ? findResources(name) : super.getResources(name);
        }

        @Override
        protected @Nullable URL findResource(String name) {
            JarEntry entry = entry(name);
            try {
                return entry == null ? null : new URL(null, "inferwatt:/" + name, new EntryHandler(jar, entry));
            } catch (IOException impossible) {
                return null;
            }
        }

        @Override
        protected Enumeration<URL> findResources(String name) {
            URL found = findResource(name);
            return found == null
                    ? Collections.emptyEnumeration()
                    : Collections.enumeration(Collections.singleton(found));
        }

        private @Nullable JarEntry entry(String name) {
            String hidden = name.endsWith(".class") ? name.concat("data") : name;
            for (String root : roots) {
                JarEntry entry = jar.getJarEntry(root.concat(hidden));
                if (entry != null) {
                    return entry;
                }
            }
            return null;
        }
    }

    /** Opens one entry of the agent's jar. */
    static final class EntryHandler extends URLStreamHandler {

        private final JarFile jar;
        private final JarEntry entry;

        EntryHandler(JarFile jar, JarEntry entry) {
            this.jar = jar;
            this.entry = entry;
        }

        @Override
        protected URLConnection openConnection(URL url) {
            return new EntryConnection(url, jar, entry);
        }
    }

    /** Reads one entry of the agent's jar. */
    static final class EntryConnection extends URLConnection {

        private final JarFile jar;
        private final JarEntry entry;

        EntryConnection(URL url, JarFile jar, JarEntry entry) {
            super(url);
            this.jar = jar;
            this.entry = entry;
        }

        @Override
        public void connect() {
            connected = true;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            InputStream stream = jar.getInputStream(entry);
            if (stream == null) {
                throw new FileNotFoundException(entry.getName());
            }
            return stream;
        }

        @Override
        public long getContentLengthLong() {
            return entry.getSize();
        }
    }
}
