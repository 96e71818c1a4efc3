package io.inferwatt.exporters.push;

import com.google.protobuf.InvalidProtocolBufferException;
import io.inferwatt.core.config.InferwattConfig.Otlp;
import io.inferwatt.core.config.InferwattConfig.Temporality;
import io.inferwatt.core.net.HttpRequest;
import io.inferwatt.core.thread.Unheard;
import io.inferwatt.exporters.micrometer.InferenceEnergyMetrics;
import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.AggregationTemporality;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * OTLP over HTTP. Micrometer's registry writes the messages in its own rhythm, which for {@code delta} is that of its steps; here
 * they only wait for the server. The one class that needs Micrometer's registry for OTLP, which is optional.
 */
final class OtlpRoute implements Route {

    private final OtlpMeterRegistry registry;
    private final URI uri;
    private final BodyQueue queue;
    private volatile @Nullable Runnable onMessage;
    private volatile @Nullable InferenceEnergyMetrics metrics;

    /**
     * Makes the registry, which begins its rhythm at once.
     *
     * @param resource attributes of the resource
     * @param ownThreads told of the threads of the registry
     */
    OtlpRoute(
            Otlp settings, Map<String, String> resource, Target target, BodyQueue queue, Consumer<Thread> ownThreads) {
        this.queue = queue;
        this.uri = address(target);
        this.registry = OtlpMeterRegistry.builder(new Settings(settings, resource, uri))
                .clock(Clock.SYSTEM)
                .threadFactory(threads(ownThreads))
                .metricsSender(message -> accept(mended(message.getMetricsData())))
                .build();
        registry.config().meterFilter(new OpenTelemetryNames());
    }

    /** An address of the receiver alone means its usual path. */
    private static URI address(Target target) {
        String path = target.uri().getRawPath();
        return path == null || path.isEmpty() || path.equals("/") ? target.under("/v1/metrics") : target.uri();
    }

    private static ThreadFactory threads(Consumer<Thread> ownThreads) {
        return work -> {
            Thread thread = new Thread(null, work, "inferwatt-otlp", 0, false);
            thread.setDaemon(true);
            thread.setUncaughtExceptionHandler(Unheard.OF_ALL);
            thread.setContextClassLoader(OtlpRoute.class.getClassLoader());
            ownThreads.accept(thread);
            return thread;
        };
    }

    /**
     * Timers get the name of the JDK's unit behind all filters; UCUM has another. The joules of requests are counted multiplied, since
     * Micrometer knows no bucket below 1.
     */
    private static byte[] mended(byte[] message) throws InvalidProtocolBufferException {
        ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.parseFrom(message).toBuilder();
        for (ResourceMetrics.Builder resource : request.getResourceMetricsBuilderList()) {
            for (ScopeMetrics.Builder scope : resource.getScopeMetricsBuilderList()) {
                for (Metric.Builder metric : scope.getMetricsBuilderList()) {
                    if (metric.getUnit().equals("seconds")) {
                        metric.setUnit("s");
                    }
                    if (metric.getName().equals(InferenceEnergyMetrics.REQUEST_ENERGY) && metric.hasHistogram()) {
                        metric.getHistogramBuilder().getDataPointsBuilderList().forEach(OtlpRoute::divide);
                    }
                }
            }
        }
        return request.build().toByteArray();
    }

    private static void divide(HistogramDataPoint.Builder point) {
        double by = InferenceEnergyMetrics.BY;
        point.setSum(point.getSum() / by);
        if (point.hasMax()) {
            point.setMax(point.getMax() / by);
        }
        if (point.hasMin()) {
            point.setMin(point.getMin() / by);
        }
        for (int i = 0; i < point.getExplicitBoundsCount(); i++) {
            point.setExplicitBounds(i, point.getExplicitBounds(i) / by);
        }
    }

    /** Binds metrics to the registry, which reads them from then on. Before the thread of the loop begins. */
    void bind(InferenceEnergyMetrics bound) {
        bound.bindMultiplied(registry);
        metrics = bound;
    }

    /** @param wake called after each message */
    void onMessage(Runnable wake) {
        onMessage = wake;
    }

    private void accept(byte[] message) {
        queue.add(message);
        Runnable wake = onMessage;
        if (wake != null) {
            wake.run();
        }
    }

    @Override
    public byte @Nullable [] take() {
        return null; // the registry brings its messages by itself
    }

    @Override
    public void last(BodyQueue unused) {
        InferenceEnergyMetrics bound = metrics;
        if (bound != null) {
            bound.refresh(); // else series that are found by reading would come too late for this message
        }
        registry.close();
    }

    @Override
    public HttpRequest request(byte[] body) {
        return HttpRequest.of("POST", uri, "application/x-protobuf", body);
    }

    /** Nothing is left to the environment but what the standard says of the resource. */
    private record Settings(Otlp otlp, Map<String, String> resource, URI uri) implements OtlpConfig {

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public String url() {
            return uri.getScheme() + "://" + uri.getHost(); // is logged, and asked by nobody
        }

        @Override
        public Duration step() {
            return otlp.interval();
        }

        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public Map<String, String> resourceAttributes() {
            Map<String, String> attributes = new LinkedHashMap<>(resource);
            attributes.putAll(otlp.attributes());
            return attributes;
        }

        @Override
        public AggregationTemporality aggregationTemporality() {
            return otlp.temporality() == Temporality.DELTA
                    ? AggregationTemporality.DELTA
                    : AggregationTemporality.CUMULATIVE;
        }

        @Override
        public TimeUnit baseTimeUnit() {
            return TimeUnit.SECONDS;
        }
    }
}
