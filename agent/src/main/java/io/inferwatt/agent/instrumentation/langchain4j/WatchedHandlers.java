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
import org.jspecify.annotations.Nullable;

/** Makes what stands before a handler of the application: it passes everything on, and sees pieces and end of the answer. */
final class WatchedHandlers {

    /** Whether this version of the library has no method that {@link WatchedChatHandler} does not know. */
    private static final boolean ALL_KNOWN = knowsAll(StreamingChatResponseHandler.class);

    private WatchedHandlers() {}

    static StreamingChatResponseHandler of(StreamingChatResponseHandler handler, RemoteCall call) {
        return ALL_KNOWN
                ? new WatchedChatHandler(handler, call)
                : proxy(StreamingChatResponseHandler.class, handler, call);
    }

    static StreamingResponseHandler<?> ofText(StreamingResponseHandler<?> handler, RemoteCall call) {
        return proxy(StreamingResponseHandler.class, handler, call);
    }

    /**
     * Returns a handler that passes on all methods there are, those of versions to come as well. It costs reflection for each
     * piece, and a checked exception that a handler throws without declaring it would arrive wrapped.
     */
    static <T> T proxy(Class<T> type, T handler, RemoteCall call) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new Reflective(handler, call)));
    }

    static @Nullable RemoteCall callOf(Object watched) {
        if (watched instanceof WatchedChatHandler known) {
            return known.call();
        }
        return Proxy.isProxyClass(watched.getClass()) && Proxy.getInvocationHandler(watched) instanceof Reflective made
                ? made.watch.call()
                : null;
    }

    /** Tells whether {@link WatchedChatHandler} passes on each of the methods. */
    static boolean knowsAll(Class<?> type) {
        Set<String> known = new HashSet<>();
        for (Method method : WatchedChatHandler.class.getDeclaredMethods()) {
            known.add(signature(method));
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

        Reflective(Object handler, RemoteCall call) {
            this.handler = handler;
            this.watch = new HandlerWatch(call);
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
