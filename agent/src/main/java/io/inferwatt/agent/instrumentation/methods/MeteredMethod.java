package io.inferwatt.agent.instrumentation.methods;

import io.inferwatt.agent.instrumentation.Picked;
import io.inferwatt.agent.instrumentation.WeakIdentityMap;
import io.inferwatt.agent.log.AgentLog;
import io.inferwatt.core.call.KeyTable;
import io.inferwatt.core.call.ModelKey;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One woven method, and the model that each call of it is of. Safe from all threads. */
final class MeteredMethod {

    private static final char NOT_PRIMITIVE = ' ';

    private final String description;
    private final String fallback;
    private final ModelSource source;
    private final int fallbackKey;
    private final char primitive;
    private final ConcurrentHashMap<String, Integer> byName = new ConcurrentHashMap<>();
    private final KeysByNumber byNumber = new KeysByNumber(KeyTable.CAPACITY);
    private final WeakIdentityMap<Object, Integer> bySelf = new WeakIdentityMap<>();
    private final Getters getters;
    private final AtomicBoolean told = new AtomicBoolean();

    private MeteredMethod(String description, String fallback, ModelSource source, char primitive) {
        this.description = description;
        this.fallback = fallback;
        this.source = source;
        this.primitive = primitive;
        this.getters = new Getters(source.getter() == null ? "" : source.getter());
        this.fallbackKey = keyOf(source.constant() == null ? fallback : source.constant());
    }

    /** @param site as {@link Picked.Site} describes it */
    static MeteredMethod of(String site) {
        String[] lines = site.split(String.valueOf(Picked.SEPARATOR), -1);
        MethodRule rule = MethodRule.parse(lines[0]);
        String type = lines[1];
        String named = type.substring(type.lastIndexOf('.') + 1) + "." + lines[2];
        String value = lines[3].strip();
        MeteredMethod method = new MeteredMethod(
                type + "#" + lines[2],
                value.isEmpty() ? named : value,
                rule == null ? ModelSource.NOT_TOLD : rule.model(),
                lines[4].isEmpty() ? NOT_PRIMITIVE : lines[4].charAt(0));
        if (method.primitive != NOT_PRIMITIVE && method.source.getter() != null) {
            method.notTold("a primitive argument", "it has no methods");
        }
        return method;
    }

    /**
     * Returns the number of the model.
     *
     * @param self what is called, null for static methods
     * @param argument the one that the rule picks, null if none or primitive
     * @param bits the same where it is primitive, as {@link Picked.ModelBits} tells it
     */
    int key(@Nullable Object self, @Nullable Object argument, long bits) {
        if (source.getter() == null) {
            if (primitive != NOT_PRIMITIVE) {
                return byNumber(bits, primitive);
            }
            return argument == null ? fallbackKey : named(argument);
        }
        if (source.argument() >= 0) {
            return argument == null ? fallbackKey : named(askedFor(argument));
        }
        return self == null ? fallbackKey : bySelf(self);
    }

    /** Whole numbers are looked up as what they are: their text would be a new object for each call. */
    private int named(Object argument) {
        return argument instanceof Long || argument instanceof Integer
                ? byNumber(((Number) argument).longValue(), 'J')
                : byName(nameIn(argument));
    }

    private int byNumber(long bits, char type) {
        int known = byNumber.get(bits);
        if (known != KeysByNumber.NONE) {
            return known;
        }
        int key = keyOf(textOf(bits, type));
        byNumber.put(bits, key);
        return key;
    }

    private static String textOf(long bits, char type) {
        return switch (type) {
            case 'D' -> Double.toString(Double.longBitsToDouble(bits));
            case 'F' -> Float.toString(Float.intBitsToFloat((int) bits));
            case 'Z' -> Boolean.class.getSimpleName();
            case 'C' -> Character.class.getSimpleName();
            default -> Long.toString(bits);
        };
    }

    private int byName(String name) {
        Integer known = byName.get(name);
        if (known == null) {
            known = keyOf(name);
            if (byName.size() < KeyTable.CAPACITY) {
                byName.put(name, known);
            }
        }
        return known;
    }

    /** Who is called is asked once, and must not change its name; arguments are asked each time, there may be one a call. */
    private int bySelf(Object self) {
        Integer known = bySelf.get(self);
        if (known == null) {
            known = named(askedFor(self));
            bySelf.put(self, known);
        }
        return known;
    }

    private Object askedFor(Object owner) {
        try {
            Object name = getters.ask(owner);
            return name == null ? fallback : name;
        } catch (Throwable refused) {
            notTold(owner.getClass().getName(), AgentLog.describe(refused));
            return fallback;
        }
    }

    private void notTold(String owner, String reason) {
        if (told.compareAndSet(false, true)) {
            AgentLog.warn(MethodsModule.NAME + ": the model of " + description + " is not told by " + source.getter()
                    + "() of " + owner + " (" + reason
                    + "); allowed: a public method without parameters; its calls are booked under '" + fallback + "'");
        }
    }

    /** Of other objects than values only the class is told: their text may be what the model is asked. */
    private static String nameIn(Object argument) {
        if (argument instanceof String text) {
            return text;
        }
        if (argument instanceof Enum<?> constant) {
            return constant.name();
        }
        if (argument instanceof Number number) {
            return number.toString();
        }
        return (argument instanceof Class<?> type ? type : argument.getClass()).getSimpleName();
    }

    private static int keyOf(String model) {
        return MethodCalls.CALLS.key(model, ModelKey.INFERENCE, null, null);
    }
}
