package io.inferwatt.agent.instrumentation.methods;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

/** The public method of one name and no parameters, found once for each class. Safe from all threads. */
final class Getters extends ClassValue<MethodHandle> {

    private static final MethodType OF_OBJECT = MethodType.methodType(Object.class, Object.class);

    private final String name;

    Getters(String name) {
        this.name = name;
    }

    Object ask(Object owner) throws Throwable {
        return get(owner.getClass()).invokeExact(owner);
    }

    /** A class without such a method has a handle that says so, since a look-up that fails is not remembered. */
    @Override
    protected MethodHandle computeValue(Class<?> type) {
        try {
            Method method = type.getMethod(name);
            method.trySetAccessible(); // the class itself may be hidden in its package
            return MethodHandles.lookup().unreflect(method).asType(OF_OBJECT);
        } catch (ReflectiveOperationException notThere) {
            return MethodHandles.dropArguments(
                    MethodHandles.insertArguments(
                            MethodHandles.throwException(Object.class, ReflectiveOperationException.class),
                            0,
                            notThere),
                    0,
                    Object.class);
        }
    }
}
