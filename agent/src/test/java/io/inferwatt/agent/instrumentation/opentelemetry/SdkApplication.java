package io.inferwatt.agent.instrumentation.opentelemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Uses the real SDK. */
public final class SdkApplication implements TracedApplication {

    private final AtomicBoolean failing = new AtomicBoolean();
    private final Exported exported = new Exported();
    private @Nullable SdkTracerProvider provider;

    @Override
    public void makeSdk(boolean sampled) {
        provider = SdkTracerProvider.builder()
                .setSampler(sampled ? Sampler.alwaysOn() : Sampler.alwaysOff())
                .addSpanProcessor(SimpleSpanProcessor.create(exported))
                .build();
    }

    @Override
    public void inSpan(String name, String kind, String mark, Consumer<Runnable> work) {
        SpanBuilder builder =
                provider.get("application").spanBuilder(name).setNoParent().setSpanKind(SpanKind.valueOf(kind));
        if (!mark.isEmpty()) {
            builder.setAttribute(mark, "chat");
        }
        Span span = builder.startSpan();
        try (Scope scope = span.makeCurrent()) {
            work.accept(span::end);
        } finally {
            span.end();
        }
    }

    @Override
    public Runnable inThisSpan(Runnable work) {
        return Context.current().wrap(work);
    }

    @Override
    public List<Ended> ended() {
        List<Ended> ended = new ArrayList<>();
        for (SpanData span : exported.spans) {
            Map<String, Object> attributes = new TreeMap<>();
            span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
            ended.add(new Ended(span.getTraceId(), span.getSpanId(), attributes));
        }
        return ended;
    }

    @Override
    public boolean mayStillWrapItsStorage() {
        AtomicBoolean wrapped = new AtomicBoolean();
        ContextStorage.addWrapper(storage -> {
            wrapped.set(true);
            return storage;
        });
        Context.current();
        return wrapped.get();
    }

    @Override
    public void failWhenAskedForTheSpan(boolean fails) {
        if (!failing.getAndSet(fails) && fails) {
            ContextStorage.addWrapper(storage -> new FailingStorage(storage, failing));
        }
    }

    /** Not the one of OpenTelemetry's testing library, which brings a storage for the current span as well. */
    private static final class Exported implements SpanExporter {

        private final List<SpanData> spans = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> ended) {
            spans.addAll(ended);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private record FailingStorage(ContextStorage storage, AtomicBoolean failing) implements ContextStorage {

        @Override
        public Scope attach(Context toAttach) {
            return storage.attach(toAttach);
        }

        @Override
        public @Nullable Context current() {
            if (failing.get()) {
                throw new IllegalStateException("no context");
            }
            return storage.current();
        }
    }
}
