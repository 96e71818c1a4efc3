package io.inferwatt.agent.weaving;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The advice loader of each application loader. Holds both weakly: the advice loader refers to its key, and linked call
 * sites keep it alive as long as they are needed.
 */
final class AdviceClassLoaders {

    private final ClassLoader agent;
    private final Map<@Nullable ClassLoader, WeakReference<AdviceClassLoader>> loaders = new WeakHashMap<>();

    AdviceClassLoaders(ClassLoader agent) {
        this.agent = agent;
    }

    synchronized AdviceClassLoader of(@Nullable ClassLoader application) {
        WeakReference<AdviceClassLoader> known = loaders.get(application);
        AdviceClassLoader loader = known == null ? null : known.get();
        if (loader == null) {
            loader = new AdviceClassLoader(application, agent);
            loaders.put(application, new WeakReference<>(loader));
        }
        return loader;
    }
}
