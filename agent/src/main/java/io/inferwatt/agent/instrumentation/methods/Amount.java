package io.inferwatt.agent.instrumentation.methods;

import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How many there are of what an argument stands for. */
final class Amount {

    private Amount() {}

    /**
     * Returns a number itself, the size of a collection, map or array, and 1 for anything else, even a text.
     *
     * @param primitive the answer for null
     */
    static long of(@Nullable Object argument, long primitive) {
        if (argument == null) {
            return primitive;
        }
        if (argument instanceof Number number) {
            return number.longValue();
        }
        if (argument instanceof Collection<?> collection) {
            return collection.size();
        }
        if (argument instanceof Map<?, ?> map) {
            return map.size();
        }
        return argument.getClass().isArray() ? Array.getLength(argument) : 1;
    }
}
