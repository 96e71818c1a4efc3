package io.inferwatt.agent.weaving;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Defines the advice of all libraries once for each class loader of the application, so that advice can name the types of
 * both: the agent's come from the agent's loader, all others from the application's.
 */
final class AdviceClassLoader extends ClassLoader {

    static {
        registerAsParallelCapable();
    }

    private static final String AGENT = "io.inferwatt.";
    private static final String LIBRARIES = "io.inferwatt.agent.instrumentation.";

    private final ClassLoader agent;

    /** Nothing here keeps the application's loader alive but this loader itself, and that only woven call sites do. */
    AdviceClassLoader(@Nullable ClassLoader application, ClassLoader agent) {
        super("inferwatt-advice", application);
        this.agent = agent;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (isOfLibrary(name)) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
        return name.startsWith(AGENT) ? agent.loadClass(name) : super.loadClass(name, resolve);
    }

    /** Each library has a folder of its own below the shared package. */
    private static boolean isOfLibrary(String name) {
        return name.startsWith(LIBRARIES) && name.indexOf('.', LIBRARIES.length()) > 0;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!isOfLibrary(name)) {
            throw new ClassNotFoundException(name);
        }
        try (InputStream stream =
                agent.getResourceAsStream(name.replace('.', '/').concat(".class"))) {
            if (stream == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = stream.readAllBytes();
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException unreadable) {
            throw new ClassNotFoundException(name, unreadable);
        }
    }
}
