package io.inferwatt.exporters.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inferwatt.core.net.HttpRequest;
import io.inferwatt.exporters.push.WriteRequests.Series;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemoteWriteRouteTest {

    private final List<String> warnings = new ArrayList<>();
    private final Target target = Objects.requireNonNull(
            Target.of("export.remote_write", "http://prometheus/api/v1/write", Optional.empty(), warnings::add));
    private String text = "z_total{model=\"m\",Zone=\"\"} 2\na_watts 3.5\n";
    private long millis = 1000;
    private boolean broken;
    private final RemoteWriteRoute route = new RemoteWriteRoute(
            this::text,
            target,
            Map.of("job", "batch", "instance", "host:1", "model", "not this one"),
            () -> millis,
            warnings::add);

    @Test
    void series_haveTheirLabelsSortedAndThoseOfAll() throws IOException {
        assertThat(take())
                .containsExactly(
                        new Series(
                                List.of("__name__=z_total", "instance=host:1", "job=batch", "model=m"),
                                Double.doubleToRawLongBits(2),
                                1000),
                        new Series(
                                List.of("__name__=a_watts", "instance=host:1", "job=batch", "model=not this one"),
                                Double.doubleToRawLongBits(3.5),
                                1000));
    }

    @Test
    void seriesThatIsNoMore_endsOnce() throws IOException {
        take();
        text = "a_watts 4\n";
        millis = 2000;
        assertThat(take())
                .extracting(Series::name, Series::bits)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("a_watts", Double.doubleToRawLongBits(4)),
                        org.assertj.core.groups.Tuple.tuple("z_total", RemoteWriteRoute.STALE_BITS));
        millis = 3000;
        assertThat(take()).hasSize(1);
    }

    @Test
    void clockThatGoesBack_isHeldAndToldOnce() throws IOException {
        take();
        millis = 400;
        assertThat(route.take()).isNull();
        millis = 1000;
        assertThat(route.take()).isNull();
        assertThat(warnings).singleElement().asString().contains("600 ms behind");
        millis = 1001;
        assertThat(take()).extracting(Series::millis).containsOnly(1001L);
    }

    @Test
    void clockThatWasFarAhead_isForgottenOnceTheServerHasRefusedWhatItMade() throws IOException {
        take();
        millis = 3_600_000;
        byte[] ahead = Objects.requireNonNull(route.take());
        millis += 1;
        byte[] furtherAhead = Objects.requireNonNull(route.take());
        millis = 2000;
        assertThat(route.take()).isNull();
        route.refused(ahead);
        assertThat(route.take()).as("a later one still waits").isNull();
        route.refused(furtherAhead);
        assertThat(take()).extracting(Series::millis).containsOnly(2000L);
        millis = 1999;
        assertThat(route.take()).as("and the clock is watched as before").isNull();
    }

    @Test
    void last_thatCannotBeWritten_stillEndsTheSeries() throws IOException {
        take();
        broken = true;
        BodyQueue queue = BodyQueue.inOrder(1 << 20, () -> {});
        millis = 5000;
        assertThatThrownBy(() -> route.last(queue)).hasMessage("no text");
        assertThat(read(queue.poll())).hasSize(2).allSatisfy(series -> {
            assertThat(series.bits()).isEqualTo(RemoteWriteRoute.STALE_BITS);
            assertThat(series.millis()).isEqualTo(1001);
        });
        assertThat(queue.size()).isZero();
    }

    @Test
    void last_isTheLastSamplesAndThenTheEndOfAll() throws IOException {
        take();
        millis = 5000;
        text = "a_watts 9\n";
        BodyQueue queue = BodyQueue.inOrder(1 << 20, () -> {});
        route.last(queue);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(read(queue.poll())).extracting(Series::millis).containsOnly(5000L);
        assertThat(read(queue.poll())).singleElement().satisfies(series -> {
            assertThat(series.bits()).isEqualTo(0x7ff0000000000002L);
            assertThat(series.millis()).isEqualTo(5001);
            assertThat(series.name()).isEqualTo("a_watts");
        });
    }

    @Test
    void request_saysWhatItIs() throws IOException {
        HttpRequest request = route.request(Objects.requireNonNull(route.take()));
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.headers())
                .containsEntry("Content-Type", "application/x-protobuf")
                .containsEntry("Content-Encoding", "snappy")
                .containsEntry("X-Prometheus-Remote-Write-Version", "0.1.0");
    }

    private byte[] text() throws IOException {
        if (broken) {
            throw new IOException("no text");
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private List<Series> take() throws IOException {
        return read(route.take());
    }

    private static List<Series> read(byte[] body) {
        return WriteRequests.read(Objects.requireNonNull(body));
    }
}
