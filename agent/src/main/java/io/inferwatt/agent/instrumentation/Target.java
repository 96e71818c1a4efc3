package io.inferwatt.agent.instrumentation;

/** Which classes a {@link Hook} goes into. Decided by name first, since only that is free. */
public sealed interface Target {

    /** One class or interface; default methods of interfaces are woven in the interface. */
    record Named(String className) implements Target {}

    /**
     * All classes that extend or implement a type and have the right name. Only methods that the class itself declares
     * are woven, so calls of {@code super} meet the advice twice: nested calls of one library count once.
     *
     * @param superType binary name of the class or interface
     * @param prefix how the class name starts; must not be empty
     * @param suffix how it ends; may be empty
     */
    record Subtypes(String superType, String prefix, String suffix) implements Target {

        public Subtypes {
            if (prefix.isEmpty()) {
                throw new IllegalArgumentException("subtypes of " + superType + " need a name prefix");
            }
        }

        /** Tells whether a class of this binary name may be such a subtype. */
        public boolean mayMatch(String className) {
            return className.startsWith(prefix) && className.endsWith(suffix);
        }
    }
}
