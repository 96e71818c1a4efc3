package io.inferwatt.agent.tracing;

import io.inferwatt.core.call.InferenceCall;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The methods of one copy of OpenTelemetry that are called here. Its API may be named otherwise than usual, as inside
 * OpenTelemetry's Java agent, so it is found through the types in the SDK's methods. Nothing here throws: what fails has no span,
 * or leaves the span as it is.
 */
final class TracingApi {

    private static final long NO_ID = 0;

    /** Any of them marks a span about a model call; the second is the older name of the third. */
    private static final String[] GEN_AI_MARKS = {"gen_ai.operation.name", "gen_ai.system", "gen_ai.provider.name"};

    /** Kept by the class itself, so that nothing here keeps the application's classes alive. */
    private static final ClassValue<Optional<TracingApi>> BY_SDK = new ClassValue<>() {
        @Override
        protected Optional<TracingApi> computeValue(Class<?> readableSpan) {
            try {
                return Optional.of(new TracingApi(readableSpan));
            } catch (ReflectiveOperationException | LinkageError | RuntimeException otherVersion) {
                return Optional.empty();
            }
        }
    };

    private final Class<?> readableSpan;
    private final MethodHandle current;
    private final MethodHandle context;
    private final MethodHandle isSampled;
    private final MethodHandle traceId;
    private final MethodHandle spanId;
    private final MethodHandle isRecording;
    private final MethodHandle kind;
    private final MethodHandle attribute;
    private final MethodHandle numberKey;
    private final MethodHandle setNumber;
    private final MethodHandle setText;
    private final MethodHandle textKey;
    private final Object[] genAiMarks = new Object[GEN_AI_MARKS.length];

    private TracingApi(Class<?> readableSpan) throws ReflectiveOperationException {
        this.readableSpan = readableSpan;
        Class<?> spanKind = readableSpan.getMethod("getKind").getReturnType();
        Class<?> spanContext = readableSpan.getMethod("getSpanContext").getReturnType();
        Class<?> attributeKey = attributeKey(readableSpan);
        Class<?> span = Class.forName(spanKind.getPackageName() + ".Span", false, spanKind.getClassLoader());
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        MethodType toText = MethodType.methodType(String.class);
        MethodType toTruth = MethodType.methodType(boolean.class);
        MethodType getter = MethodType.methodType(Object.class, Object.class);
        MethodType textOf = MethodType.methodType(String.class, Object.class);
        MethodType truthOf = MethodType.methodType(boolean.class, Object.class);
        MethodType key = MethodType.methodType(attributeKey, String.class);
        MethodType keyOf = MethodType.methodType(Object.class, String.class);
        current = lookup.findStatic(span, "current", MethodType.methodType(span))
                .asType(MethodType.methodType(Object.class));
        context = lookup.findVirtual(span, "getSpanContext", MethodType.methodType(spanContext))
                .asType(getter);
        isRecording = lookup.findVirtual(span, "isRecording", toTruth).asType(truthOf);
        setNumber = lookup.findVirtual(span, "setAttribute", MethodType.methodType(span, String.class, double.class))
                .asType(MethodType.methodType(void.class, Object.class, String.class, double.class));
        setText = lookup.findVirtual(span, "setAttribute", MethodType.methodType(span, String.class, String.class))
                .asType(MethodType.methodType(void.class, Object.class, String.class, String.class));
        isSampled = lookup.findVirtual(spanContext, "isSampled", toTruth).asType(truthOf);
        traceId = lookup.findVirtual(spanContext, "getTraceId", toText).asType(textOf);
        spanId = lookup.findVirtual(spanContext, "getSpanId", toText).asType(textOf);
        kind = lookup.findVirtual(readableSpan, "getKind", MethodType.methodType(spanKind))
                .asType(getter);
        attribute = lookup.findVirtual(readableSpan, "getAttribute", MethodType.methodType(Object.class, attributeKey))
                .asType(MethodType.methodType(Object.class, Object.class, Object.class));
        textKey = lookup.findStatic(attributeKey, "stringKey", key).asType(keyOf);
        numberKey = lookup.findStatic(attributeKey, "doubleKey", key).asType(keyOf);
    }

    private static Class<?> attributeKey(Class<?> readableSpan) throws NoSuchMethodException {
        for (Method method : readableSpan.getMethods()) {
            if (method.getName().equals("getAttribute") && method.getParameterCount() == 1) {
                return method.getParameterTypes()[0];
            }
        }
        throw new NoSuchMethodException("getAttribute");
    }

    /** Returns the one copy for an SDK; null if its version has not what is needed. */
    static @Nullable TracingApi of(Class<?> readableSpan) {
        return BY_SDK.get(readableSpan).orElse(null);
    }

    /** Returns the calling thread's span if it is sampled or records, else null. */
    @Nullable
    CallSpan current() {
        try {
            Object span = (Object) current.invokeExact();
            Object spanContext = (Object) context.invokeExact(span);
            boolean sampled = (boolean) isSampled.invokeExact(spanContext);
            boolean readable = readableSpan.isInstance(span) && (boolean) isRecording.invokeExact(span);
            if (!sampled && !readable) {
                return null;
            }
            String trace = (String) traceId.invokeExact(spanContext);
            String id = (String) spanId.invokeExact(spanContext);
            return new CallSpan(this, span, readable, sampled, hex(trace, 0), hex(trace, 16), hex(id, 0));
        } catch (Throwable failed) {
            return null;
        }
    }

    /** Tells a call the calling thread's span, if that is sampled; returns whether it is. */
    boolean link(InferenceCall call) {
        try {
            Object span = (Object) current.invokeExact();
            Object spanContext = (Object) context.invokeExact(span);
            if (!(boolean) isSampled.invokeExact(spanContext)) {
                return false;
            }
            String trace = (String) traceId.invokeExact(spanContext);
            String id = (String) spanId.invokeExact(spanContext);
            call.trace(hex(trace, 0), hex(trace, 16), hex(id, 0));
            return true;
        } catch (Throwable failed) {
            return false;
        }
    }

    /** Sixteen hexadecimal digits. */
    private static long hex(String text, int from) {
        return text.length() < from + 16 ? NO_ID : Long.parseUnsignedLong(text, from, from + 16, 16);
    }

    /**
     * Tells whether a span is about a call of a model: that of a client, or marked by GenAI's conventions.
     *
     * @param evenUnmarked whether one of no special kind is as well
     */
    boolean isClients(Object span, boolean evenUnmarked) {
        try {
            Object spanKind = (Object) kind.invokeExact(span);
            String known = spanKind instanceof Enum<?> one ? one.name() : "";
            if (known.equals("CLIENT") || (evenUnmarked && known.equals("INTERNAL"))) {
                return true;
            }
            for (int i = 0; i < GEN_AI_MARKS.length; i++) {
                Object mark = genAiMarks[i];
                if (mark == null) {
                    mark = (Object) textKey.invokeExact(GEN_AI_MARKS[i]);
                    genAiMarks[i] = mark;
                }
                if ((Object) attribute.invokeExact(span, mark) != null) {
                    return true;
                }
            }
        } catch (Throwable failed) {
            return false;
        }
        return false;
    }

    /** Tells whether a span takes attributes: it has not ended. */
    boolean isOpen(Object span) {
        try {
            return (boolean) isRecording.invokeExact(span);
        } catch (Throwable failed) {
            return false;
        }
    }

    /** Returns the number that a span has under a name, 0 if it has none. */
    double number(Object span, String attributeName) {
        try {
            Object key = (Object) numberKey.invokeExact(attributeName);
            return (Object) attribute.invokeExact(span, key) instanceof Double number ? number : 0;
        } catch (Throwable failed) {
            return 0;
        }
    }

    /** Returns the text that a span has under a name, empty if it has none. */
    String text(Object span, String attributeName) {
        try {
            Object key = (Object) textKey.invokeExact(attributeName);
            return (Object) attribute.invokeExact(span, key) instanceof String text ? text : "";
        } catch (Throwable failed) {
            return "";
        }
    }

    void set(Object span, String attributeName, double value) {
        try {
            setNumber.invokeExact(span, attributeName, value);
        } catch (Throwable failed) {
            // The application's span stays without it.
        }
    }

    void set(Object span, String attributeName, String value) {
        try {
            setText.invokeExact(span, attributeName, value);
        } catch (Throwable failed) {
            // As above.
        }
    }
}
