package io.inferwatt.agent.instrumentation.opentelemetry;

import io.inferwatt.agent.instrumentation.Hook;
import io.inferwatt.agent.instrumentation.InstrumentationModule;
import io.inferwatt.agent.instrumentation.Member;
import io.inferwatt.agent.tracing.Tracing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notices that OpenTelemetry lives, by the class of its spans: the SDK loads it when it starts the first span that records, after it
 * has settled how the current span is kept. Just having OpenTelemetry on the class path does not load it, nor does making an SDK.
 */
public final class OpenTelemetryModule implements InstrumentationModule {

    private static final String READABLE_SPAN = "io.opentelemetry.sdk.trace.ReadableSpan";
    private static final String SPAN = "io.opentelemetry.api.trace.Span";
    private static final String CONTEXT = "io.opentelemetry.api.trace.SpanContext";
    private static final String KEY = "io.opentelemetry.api.common.AttributeKey";

    @Override
    public String library() {
        return "opentelemetry";
    }

    @Override
    public List<Hook> hooks() {
        return List.of();
    }

    /** Looked for in the tests; a copy that lacks one is asked nothing. */
    @Override
    public List<Member> requires() {
        return List.of(
                new Member(SPAN, "current", "()Lio/opentelemetry/api/trace/Span;"),
                new Member(SPAN, "getSpanContext", "()Lio/opentelemetry/api/trace/SpanContext;"),
                new Member(SPAN, "isRecording", "()Z"),
                new Member(SPAN, "setAttribute", "(Ljava/lang/String;D)Lio/opentelemetry/api/trace/Span;"),
                new Member(
                        SPAN,
                        "setAttribute",
                        "(Ljava/lang/String;Ljava/lang/String;)Lio/opentelemetry/api/trace/Span;"),
                new Member(CONTEXT, "isSampled", "()Z"),
                new Member(CONTEXT, "getTraceId", "()Ljava/lang/String;"),
                new Member(CONTEXT, "getSpanId", "()Ljava/lang/String;"),
                new Member(KEY, "stringKey", "(Ljava/lang/String;)Lio/opentelemetry/api/common/AttributeKey;"),
                new Member(KEY, "doubleKey", "(Ljava/lang/String;)Lio/opentelemetry/api/common/AttributeKey;"),
                new Member(READABLE_SPAN, "getKind", "()Lio/opentelemetry/api/trace/SpanKind;"),
                new Member(
                        READABLE_SPAN,
                        "getAttribute",
                        "(Lio/opentelemetry/api/common/AttributeKey;)Ljava/lang/Object;"),
                new Member("io.opentelemetry.sdk.trace.SdkSpan", "isRecording", "()Z"));
    }

    @Override
    public List<String> notices() {
        return List.of("io.opentelemetry.sdk.trace.SdkSpan");
    }

    @Override
    public void noticed(@Nullable ClassLoader loader) {
        if (loader != null) {
            Tracing.livesIn(loader);
        }
    }

    @Override
    public void turnedOff() {
        Tracing.forget();
    }
}
