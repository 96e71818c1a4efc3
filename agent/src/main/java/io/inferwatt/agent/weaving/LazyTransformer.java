package io.inferwatt.agent.weaving;

import io.inferwatt.agent.log.AgentLog;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees every class that is loaded and costs one hash look-up for each. Only a match brings Byte Buddy in, about half a
 * second of processor time that an application without models never pays.
 */
public final class LazyTransformer implements ClassFileTransformer {

    private final Libraries libraries;
    private final SuppressedErrors errors;
    private final Class<?> dispatcher;
    private volatile @Nullable ClassWeaver weaver;

    /** @param dispatcher the class through which advice is linked */
    public LazyTransformer(Libraries libraries, SuppressedErrors errors, Class<?> dispatcher) {
        this.libraries = libraries;
        this.errors = errors;
        this.dispatcher = dispatcher;
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] classFile) {
        if (className == null) {
            return null;
        }
        try {
            libraries.notice(className, loader);
            List<Libraries.Match> matches = libraries.of(className);
            return matches == null ? null : weaver().weave(loader, className, classFile, matches);
        } catch (Throwable broken) {
            errors.add();
            AgentLog.info("calls of " + className.replace('/', '.') + " are not metered, it could not be woven: "
                    + AgentLog.describe(broken));
            return null;
        }
    }

    /** Two threads may both make one: harmless, and better than a lock while classes load. */
    private ClassWeaver weaver() throws ReflectiveOperationException {
        ClassWeaver current = weaver;
        if (current == null) {
            current = new ClassWeaver(dispatcher);
            weaver = current;
        }
        return current;
    }
}
