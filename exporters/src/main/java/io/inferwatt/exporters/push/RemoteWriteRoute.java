package io.inferwatt.exporters.push;

import io.inferwatt.core.net.HttpRequest;
import io.inferwatt.exporters.push.TextSamples.Sample;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Prometheus remote write 1.0. Each message has the samples of one moment, later than that of all before: while the clock of the machine
 * is behind what was already written nothing is taken, because a server would refuse it; what a server refused, such as samples of a
 * clock that was far ahead, was not written. A series that is no more ends with Prometheus' mark for that, and so do all of them with
 * the JVM. Format:
 * <a href="https://prometheus.io/docs/specs/prw/remote_write_spec/">the specification</a>.
 */
final class RemoteWriteRoute implements Route {

    /** The one NaN that Prometheus reads as the end of a series. */
    static final long STALE_BITS = 0x7ff0000000000002L;

    private static final int SERIES = 1;
    private static final int LABEL = 1;
    private static final int SAMPLE = 2;

    private final Metrics metrics;
    private final Target target;
    private final Map<String, String> external;
    private final LongSupplier epochMillis;
    private final Consumer<String> warnings;
    private Set<Map<String, String>> alive = new HashSet<>();
    private byte @Nullable [] lastTaken;
    private long lastMillis = Long.MIN_VALUE;
    private boolean told;

    /** Writes all metrics of this moment in text format. */
    interface Metrics {
        byte[] text() throws IOException;
    }

    /** @param external labels of all series; one that a series has itself stays as it is */
    RemoteWriteRoute(
            Metrics metrics,
            Target target,
            Map<String, String> external,
            LongSupplier epochMillis,
            Consumer<String> warnings) {
        this.metrics = metrics;
        this.target = target;
        this.external = Map.copyOf(external);
        this.epochMillis = epochMillis;
        this.warnings = warnings;
    }

    @Override
    public byte @Nullable [] take() throws IOException {
        long now = epochMillis.getAsLong();
        if (now <= lastMillis) {
            hold(now);
            return null;
        }
        told = false;
        List<Sample> samples = TextSamples.read(metrics.text());
        lastMillis = now;
        Protobuf request = new Protobuf();
        Set<Map<String, String>> present = new HashSet<>();
        for (Sample sample : samples) {
            present.add(sample.labels());
            add(request, sample.labels(), Double.doubleToRawLongBits(sample.value()), now);
        }
        for (Map<String, String> series : alive) {
            if (!present.contains(series)) {
                add(request, series, STALE_BITS, now);
            }
        }
        alive = present;
        lastTaken = Snappy.compress(request.toBytes());
        return lastTaken;
    }

    /** Only of the latest: while later ones wait it is their time that counts. */
    @Override
    public void refused(byte[] body) {
        if (body == lastTaken) {
            lastMillis = Long.MIN_VALUE;
        }
    }

    private void hold(long now) {
        if (!told) {
            told = true;
            warnings.accept("export.remote_write: the clock of this machine is " + (lastMillis - now)
                    + " ms behind the latest samples written; none are written until it has caught up");
        }
    }

    @Override
    public void last(BodyQueue queue) throws IOException {
        try {
            byte[] samples = take();
            if (samples != null) {
                queue.add(samples);
            }
        } finally {
            end(queue);
        }
    }

    /** At the time after the latest samples, whether or not there are new ones. */
    private void end(BodyQueue queue) {
        if (lastMillis == Long.MIN_VALUE) {
            return;
        }
        Protobuf request = new Protobuf();
        for (Map<String, String> series : alive) {
            add(request, series, STALE_BITS, lastMillis + 1);
        }
        queue.add(Snappy.compress(request.toBytes()));
    }

    private void add(Protobuf request, Map<String, String> labels, long bits, long millis) {
        Map<String, String> all = new TreeMap<>(external);
        all.putAll(labels);
        Protobuf series = new Protobuf();
        all.forEach((name, value) -> {
            if (!value.isEmpty()) { // to Prometheus an empty label is none, and here it is an error
                series.bytes(LABEL, new Protobuf().text(1, name).text(2, value).toBytes());
            }
        });
        series.bytes(
                SAMPLE, new Protobuf().doubleBits(1, bits).number(2, millis).toBytes());
        request.bytes(SERIES, series.toBytes());
    }

    @Override
    public HttpRequest request(byte[] body) {
        return HttpRequest.of("POST", target.uri(), "application/x-protobuf", body)
                .with("Content-Encoding", "snappy")
                .with("X-Prometheus-Remote-Write-Version", "0.1.0");
    }
}
