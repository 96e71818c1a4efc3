package io.inferwatt.agent.weaving;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.Picked;
import io.inferwatt.agent.instrumentation.Target;
import io.inferwatt.agent.log.AgentLog;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.VisibilityBridgeStrategy;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.JavaConstant;
import org.jspecify.annotations.Nullable;

/**
 * Puts advice calls into one class file with Byte Buddy. Reads class files, never loads a class of the application. Uses
 * {@code ByteBuddy.decorate} without an {@code AgentBuilder}, which would start slower and set a JVM-wide property.
 */
final class ClassWeaver {

    private final ByteBuddy byteBuddy = new ByteBuddy()
            .with(TypeValidation.DISABLED)
            .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
            .with(VisibilityBridgeStrategy.Default.NEVER)
            .with(InstrumentedType.Factory.Default.FROZEN);
    private final ClassFileLocator agentClasses =
            ClassFileLocator.ForClassLoader.of(ClassWeaver.class.getClassLoader());
    private final Advice.WithCustomMapping advices;
    private final Advice.ExceptionHandler escaped;
    private final LibraryCheck check = new LibraryCheck();

    ClassWeaver(Class<?> dispatcher) throws NoSuchMethodException {
        MethodDescription.InDefinedShape bootstrap = new MethodDescription.ForLoadedMethod(dispatcher.getMethod(
                "bootstrap", MethodHandles.Lookup.class, String.class, MethodType.class, Object[].class));
        advices = Advice.withCustomMapping()
                .with(new Advice.AssignReturned.Factory().withSuppressed(Throwable.class))
                .bootstrap(bootstrap, (method, exit) -> (type, target) -> linkArguments(method));
        escaped = new Advice.ExceptionHandler.Simple(MethodInvocation.invoke(
                new MethodDescription.ForLoadedMethod(dispatcher.getMethod("escaped", Throwable.class))));
    }

    private static List<JavaConstant> linkArguments(MethodDescription.InDefinedShape advice) {
        return List.of(
                JavaConstant.Simple.ofLoaded(
                        advice.getDeclaringType().asErasure().getName()),
                JavaConstant.Simple.ofLoaded(advice.getDescriptor()));
    }

    /** Returns the woven class file, or null if nothing is to be woven. */
    byte @Nullable [] weave(
            @Nullable ClassLoader loader, String internalName, byte[] classFile, List<Libraries.Match> matches) {
        if (!mayApply(classFile, matches)) {
            return null;
        }
        String className = internalName.replace('/', '.');
        ClassFileLocator locator = new ClassFileLocator.Compound(
                ClassFileLocator.Simple.of(className, classFile),
                ClassFileLocator.ForClassLoader.of(loader),
                agentClasses);
        TypePool pool = new TypePool.Default.WithLazyResolution(
                new TypePool.CacheProvider.Simple(), locator, TypePool.Default.ReaderMode.FAST);
        TypeDescription type = pool.describe(className).resolve();
        List<Libraries.Match> applicable = applicable(loader, pool, type, matches);
        if (applicable.isEmpty()) {
            return null;
        }
        DynamicType.Builder<?> builder = byteBuddy.decorate(type, locator);
        for (Libraries.Match match : applicable) {
            TypeDescription advice = pool.describe(match.hook().advice()).resolve();
            builder = builder.visit(advicesFor(match.hook())
                    .to(advice, locator)
                    .withExceptionHandler(escaped)
                    .on(methodsOf(match.hook())));
        }
        try (DynamicType.Unloaded<?> woven = builder.make()) {
            AgentLog.debug("wove " + applicable.size() + " hooks into " + className);
            return woven.getBytes();
        }
    }

    /** Of a package searched for an annotation nearly all classes lack it: their bytes tell that in microseconds. */
    private static boolean mayApply(byte[] classFile, List<Libraries.Match> matches) {
        for (Libraries.Match match : matches) {
            if (!(match.hook().target() instanceof Target.Annotated annotated)
                    || ClassBytes.contain(classFile, annotated.annotation().replace('.', '/'))) {
                return true;
            }
        }
        return false;
    }

    private Advice.WithCustomMapping advicesFor(Hook hook) {
        return hook.picked() == null ? advices : PickedArguments.bind(advices, hook);
    }

    private List<Libraries.Match> applicable(
            @Nullable ClassLoader loader, TypePool pool, TypeDescription type, List<Libraries.Match> matches) {
        List<Libraries.Match> applicable = new ArrayList<>();
        for (Libraries.Match match : matches) {
            if (match.library().moduleSwitch().isOn()
                    && declares(type, match.hook(), match.library().name())
                    && isSubtype(type, match.hook())
                    && check.passes(loader, pool, match.library())) {
                applicable.add(match);
            }
        }
        return applicable;
    }

    /**
     * A named class of a library that lost its method is a finding of the check, that of a setting is told here; a subtype
     * may just inherit it.
     */
    private static boolean declares(TypeDescription type, Hook hook, String library) {
        boolean declares = !type.getDeclaredMethods().filter(methodsOf(hook)).isEmpty();
        Picked picked = hook.picked();
        if (!declares && picked != null && hook.required()) {
            AgentLog.warn(library + ": " + type.getName() + " declares no method '" + hook.method() + "' as in '"
                    + picked.rule() + "' that is neither abstract nor native; it is not metered");
        }
        return declares;
    }

    private static boolean isSubtype(TypeDescription type, Hook hook) {
        return !(hook.target() instanceof Target.Subtypes subtypes)
                || (!type.getName().equals(subtypes.superType())
                        && ElementMatchers.hasSuperType(ElementMatchers.named(subtypes.superType()))
                                .matches(type));
    }

    private static ElementMatcher.Junction<MethodDescription> methodsOf(Hook hook) {
        ElementMatcher.Junction<MethodDescription> woven = named(hook)
                .and(ElementMatchers.not(ElementMatchers.isAbstract()))
                .and(ElementMatchers.not(ElementMatchers.isNative()))
                .and(ElementMatchers.not(ElementMatchers.isBridge()));
        Picked picked = hook.picked();
        if (picked != null) {
            int least = picked.leastParameters();
            woven = woven.and(method -> picked.arity() == Picked.ANY
                    ? method.getParameters().size() >= least
                    : method.getParameters().size() == picked.arity());
        }
        String descriptor = hook.descriptor();
        return descriptor == null ? woven : woven.and(ElementMatchers.hasDescriptor(descriptor));
    }

    private static ElementMatcher.Junction<MethodDescription> named(Hook hook) {
        if (hook.target() instanceof Target.Annotated annotated) {
            return ElementMatchers.<MethodDescription>isMethod()
                    .and(ElementMatchers.isAnnotatedWith(ElementMatchers.named(annotated.annotation())));
        }
        return hook.method().equals(Hook.CONSTRUCTOR)
                ? ElementMatchers.isConstructor()
                : ElementMatchers.named(hook.method());
    }
}
