package io.inferwatt.agent.weaving;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Links the advice calls in woven classes when they first run. Called through the dispatcher, from any thread. */
public final class AdviceLinker {

    private final Libraries libraries;
    private final AdviceClassLoaders loaders;

    public AdviceLinker(Libraries libraries, ClassLoader agent) {
        this.libraries = libraries;
        this.loaders = new AdviceClassLoaders(agent);
    }

    /** Returns what the dispatcher calls. */
    public MethodHandle handle() throws ReflectiveOperationException {
        return MethodHandles.lookup()
                .findVirtual(
                        AdviceLinker.class,
                        "link",
                        MethodType.methodType(
                                CallSite.class,
                                MethodHandles.Lookup.class,
                                String.class,
                                MethodType.class,
                                Object[].class))
                .bindTo(this);
    }

    /**
     * Returns the site for an advice method, or null if it cannot be linked: then the site does nothing, for good. An exit that did
     * nothing while its enter begins calls would leave them all open, so want of memory or stack is no reason for that: it is thrown.
     *
     * @param arguments binary name of the advice class, descriptor of its method
     */
    @Nullable
    CallSite link(MethodHandles.Lookup caller, String name, MethodType type, Object[] arguments) {
        String advice = (String) arguments[0];
        ModuleSwitch moduleSwitch = libraries.switchOfAdvice(advice);
        if (moduleSwitch == null) {
            return null;
        }
        try {
            AdviceClassLoader loader = loaders.of(caller.lookupClass().getClassLoader());
            MethodType declared = MethodType.fromMethodDescriptorString((String) arguments[1], loader);
            MethodHandle method = MethodHandles.publicLookup().findStatic(loader.loadClass(advice), name, declared);
            return moduleSwitch.site(name, method, type);
        } catch (VirtualMachineError exhausted) {
            moduleSwitch.suppressed(exhausted);
            throw exhausted; // the JVM links the site again at the next call, when there may be memory or stack
        } catch (Throwable unlinkable) {
            moduleSwitch.suppressed(unlinkable);
            return null;
        }
    }
}
