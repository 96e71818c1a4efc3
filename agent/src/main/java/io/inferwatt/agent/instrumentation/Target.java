package io.inferwatt.agent.instrumentation;

/** Which classes a {@link Hook} goes into. Decided by name first, since only that is free. */
public sealed interface Target {

    /** One class or interface; default methods of interfaces are woven in the interface. */
    record Named(String className) implements Target {}

    /** Classes whose names only tell that they may be meant; the class file decides. */
    sealed interface ByPrefix extends Target {

        /** Returns how the binary name of the class starts; not empty. */
        String prefix();

        /** Tells whether a class of this binary name may be meant. */
        default boolean mayMatch(String className) {
            return className.startsWith(prefix());
        }
    }

    /**
     * All classes that extend or implement a type and have the right name. Only methods that the class itself declares
     * are woven, so calls of {@code super} meet the advice twice: nested calls of one library count once.
     *
     * @param superType binary name of the class or interface
     * @param prefix how the class name starts; must not be empty
     * @param suffix how it ends; may be empty
     */
    record Subtypes(String superType, String prefix, String suffix) implements ByPrefix {

        public Subtypes {
            requirePrefix(prefix, "subtypes of " + superType);
        }

        @Override
        public boolean mayMatch(String className) {
            return className.startsWith(prefix) && className.endsWith(suffix);
        }
    }

    /**
     * All classes with methods that carry an annotation.
     *
     * @param annotation binary name; it must be in the class file, so not of retention {@code SOURCE}
     * @param prefix how the class name starts; must not be empty
     */
    record Annotated(String annotation, String prefix) implements ByPrefix {

        public Annotated {
            requirePrefix(prefix, "classes with @" + annotation);
        }
    }

    private static void requirePrefix(String prefix, String what) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException(what + " need a name prefix");
        }
    }
}
