package io.inferwatt.agent.instrumentation.langchain4j;

import dev.langchain4j.model.StreamingResponseHandler;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.inferwatt.agent.instrumentation.RemoteCall;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes what stands before a handler of the application: it passes everything on, and sees pieces and end of the answer. */
final class WatchedHandlers {

    /** Whether this version of the library has no method that {@link WatchedChatHandler} does not know. */
    private static final boolean ALL_KNOWN = knowsAll(StreamingChatResponseHandler.class);

    private WatchedHandlers() {}

    static StreamingChatResponseHandler of(StreamingChatResponseHandler handler, Supplier<RemoteCall> begins) {
        HandlerWatch watch = new HandlerWatch();
        StreamingChatResponseHandler watched = ALL_KNOWN
                ? new WatchedChatHandler(handler, watch)
                : proxy(StreamingChatResponseHandler.class, handler, watch);
        watch.begin(begins);
        return watched;
    }

    static StreamingResponseHandler<?> ofText(StreamingResponseHandler<?> handler, Supplier<RemoteCall> begins) {
        HandlerWatch watch = new HandlerWatch();
        StreamingResponseHandler<?> watched = proxy(StreamingResponseHandler.class, handler, watch);
        watch.begin(begins);
        return watched;
    }

    /**
     * Returns a handler that passes on all methods there are, those of versions to come as well. It costs reflection for each
     * piece, and a checked exception that a handler throws without declaring it would arrive wrapped.
     */
    static <T> T proxy(Class<T> type, T handler, HandlerWatch watch) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Reflective(handler, watch)));
    }

    static @Nullable RemoteCall callOf(Object watched) {
        if (watched instanceof WatchedChatHandler known) {
            return known.call();
        }
        return Proxy.isProxyClass(watched.getClass()) && Proxy.getInvocationHandler(watched) instanceof Reflective made
                ? made.watch.call()
                : null;
    }

    /**
     * Tells whether {@link WatchedChatHandler} passes on each of the methods. An older version lacks types that it names, so that its
     * methods cannot be listed.
     */
    static boolean knowsAll(Class<?> type) {
        Set<String> known = new HashSet<>();
        try {
            for (Method method : WatchedChatHandler.class.getDeclaredMethods()) {
                known.add(signature(method));
            }
        } catch (LinkageError olderVersion) {
            return false;
        }
        for (Method method : type.getMethods()) {
            if (!known.contains(signature(method))) {
                return false;
            }
        }
        return true;
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }

    private static final class Reflective implements InvocationHandler {

        private final Object handler;
        private final HandlerWatch watch;

        Reflective(Object handler, HandlerWatch watch) {
            this.handler = handler;
            this.watch = watch;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
                throws Throwable {
            boolean isEquals = method.getDeclaringClass() == Object.class
                    && method.getName().equals("equals");
            if (isEquals && arguments != null && arguments[0] == proxy) {
                return true;
            }
            watch.before(method.getName(), arguments);
            try {
                return method.invoke(handler, arguments);
            } catch (InvocationTargetException thrown) {
                watch.threw(thrown.getTargetException());
                throw thrown.getTargetException();
            } finally {
                watch.after();
            }
        }
    }
}
