package io.inferwatt.agent.instrumentation.methods;

import io.inferwatt.agent.instrumentation.LibraryCalls;
import io.inferwatt.agent.instrumentation.Picked;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.ModelKey;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One woven method, and the model that each call of it is of. Safe from all threads. */
final class MeteredMethod {

    private static final int LONGEST_NAME = 100;

    private final String description;
    private final String fallback;
    private final ModelSource source;
    private final int fallbackKey;
    private final ConcurrentHashMap<Object, Integer> byName = new ConcurrentHashMap<>();
    private final WeakIdentityMap<Object, Integer> byOwner = new WeakIdentityMap<>();
    private final AtomicBoolean told = new AtomicBoolean();

    private MeteredMethod(String description, String fallback, ModelSource source) {
        this.description = description;
        this.fallback = fallback;
        this.source = source;
        this.fallbackKey = keyOf(source.constant() == null ? fallback : source.constant());
    }

    /** @param site as {@link Picked.Site} describes it */
    static MeteredMethod of(String site) {
        String[] lines = site.split(String.valueOf(Picked.SEPARATOR), -1);
        MethodRule rule = MethodRule.parse(lines[0]);
        String type = lines[1];
        String named = type.substring(type.lastIndexOf('.') + 1) + "." + lines[2];
        String value = lines[3].strip();
        return new MeteredMethod(
                type + "#" + lines[2],
                value.isEmpty() ? named : value,
                rule == null ? ModelSource.NOT_TOLD : rule.model());
    }

    /**
     * Returns the number of the model.
     *
     * @param self what is called, null for static methods
     * @param argument the one that the rule picks, null if none
     */
    int key(@Nullable Object self, @Nullable Object argument) {
        String getter = source.getter();
        if (getter != null) {
            Object owner = source.argument() >= 0 ? argument : self;
            return owner == null ? fallbackKey : byGetter(owner, getter);
        }
        return argument == null ? fallbackKey : byName(argument);
    }

    private int byName(Object argument) {
        // Not by the argument itself where that is any object: its hash code is the application's code.
        Object name = isValue(argument) ? argument : argument.getClass();
        Integer known = byName.get(name);
        if (known == null) {
            known = keyOf(nameIn(name));
            if (byName.size() < KeyTable.CAPACITY) {
                byName.put(name, known);
            }
        }
        return known;
    }

    /** A getter is asked once for each object, which must not change its name. */
    private int byGetter(Object owner, String getter) {
        Integer known = byOwner.get(owner);
        if (known == null) {
            known = keyOf(askedFor(owner, getter));
            byOwner.put(owner, known);
        }
        return known;
    }

    private String askedFor(Object owner, String getter) {
        try {
            Method method = publicMethod(owner.getClass(), getter);
            Object name = method.invoke(owner);
            return name == null ? fallback : nameIn(name);
        } catch (ReflectiveOperationException | RuntimeException refused) {
            if (told.compareAndSet(false, true)) {
                Throwable reason = refused instanceof InvocationTargetException thrown && thrown.getCause() != null
                        ? thrown.getCause()
                        : refused;
                AgentLog.warn(MethodsModule.NAME + ": the model of " + description + " is not told by " + getter
                        + "() of "
                        + owner.getClass().getName() + " (" + AgentLog.describe(reason)
                        + "); allowed: a public method without parameters; its calls are booked under '" + fallback
                        + "'");
            }
            return fallback;
        }
    }

    /** The class itself may be hidden in its package where a type that it implements is not. */
    private static Method publicMethod(Class<?> type, String name) throws NoSuchMethodException {
        Method method = type.getMethod(name);
        method.trySetAccessible();
        return method;
    }

    private static boolean isValue(Object argument) {
        return argument instanceof String || argument instanceof Number || argument instanceof Enum<?>;
    }

    /** Of other objects than values only the class is told: their text may be what the model is asked. */
    private static String nameIn(Object argument) {
        if (!isValue(argument)) {
            return (argument instanceof Class<?> type ? type : argument.getClass()).getSimpleName();
        }
        String name = argument.toString().strip();
        return name.isEmpty()
                ? LibraryCalls.UNNAMED
                : name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    private static int keyOf(String model) {
        return MethodCalls.CALLS.key(model, ModelKey.INFERENCE, null, null);
    }
}
