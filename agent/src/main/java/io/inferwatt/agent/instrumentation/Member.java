package io.inferwatt.agent.instrumentation;

/**
 * A method or field of a library that an instrumentation cannot do without.
 *
 * @param className binary name of the class it is looked up in; inherited members count
 * @param name {@code <init>} for constructors
 * @param descriptor JVM descriptor; that of a method starts with a parenthesis
 */
public record Member(String className, String name, String descriptor) {

    public boolean isMethod() {
        return descriptor.startsWith("(");
    }

    @Override
    public String toString() {
        return className + "#" + name + descriptor;
    }
}
