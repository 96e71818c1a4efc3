package io.inferwatt.agent.instrumentation;

import org.jspecify.annotations.Nullable;

/**
 * An advice class for methods of a target. Native, abstract and bridge methods are never woven.
 *
 * @param method name of the methods, {@value #CONSTRUCTOR} for constructors, {@value #ANNOTATED} for those with the
 *     annotation of a {@link Target.Annotated}
 * @param descriptor JVM descriptor of the one method meant, or null for all of that name
 * @param advice binary name of the advice class, as a string so that naming it does not load it
 * @param required whether a version of the library that lacks the method is left alone as a whole, and said to be
 * @param picked what the advice sees of the methods where their shape is not known, else null
 */
public record Hook(
        Target target,
        String method,
        @Nullable String descriptor,
        String advice,
        boolean required,
        @Nullable Picked picked) {

    public static final String CONSTRUCTOR = "<init>";
    public static final String ANNOTATED = "@";

    /** Returns a hook for one method of one class; the class not having it is a missing member. */
    public static Hook on(String className, String method, String descriptor, String advice) {
        return new Hook(new Target.Named(className), method, descriptor, advice, true, null);
    }

    /** Returns a hook for one method of one class, which some supported versions of the library do not have. */
    public static Hook onOptional(String className, String method, String descriptor, String advice) {
        return new Hook(new Target.Named(className), method, descriptor, advice, false, null);
    }

    /** Returns a hook for all methods of that name, as many as this version of the library has. */
    public static Hook onAll(String className, String method, String advice) {
        return new Hook(new Target.Named(className), method, null, advice, false, null);
    }

    /** Returns a hook for the method wherever a subtype declares it. */
    public static Hook onSubtypes(Target.Subtypes subtypes, String method, String descriptor, String advice) {
        return new Hook(subtypes, method, descriptor, advice, false, null);
    }

    /**
     * Returns a hook for methods of a shape that only the settings know.
     *
     * @param required whether the lack of such a method is worth a line
     */
    public static Hook onPicked(Target target, String method, String advice, boolean required, Picked picked) {
        return new Hook(target, method, null, advice, required, picked);
    }
}
