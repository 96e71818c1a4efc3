package io.inferwatt.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.http.Page.Wish;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

    private static final Wish TEXT = new Wish("", false);
    private static final Wish OPEN_METRICS = new Wish("application/openmetrics-text", false);
    private static final long MILLISECOND = 1_000_000;

    private final List<String> warnings = new ArrayList<>();
    private final LongAdder failures = new LongAdder();
    private boolean broken;
    private boolean starved;
    private int rendered;
    private long now;
    private final MetricsPage page = new MetricsPage(this::write, failures, () -> now, warnings::add);

    private void write(OutputStream out, ExpositionFormat format) throws IOException {
        out.write("half a ".getBytes(StandardCharsets.UTF_8));
        if (starved) {
            throw new InternalError("no memory"); // JUnit itself ends at an OutOfMemoryError
        }
        if (broken) {
            throw new ClassCastException("conflicting meters");
        }
        out.write((format + " body " + ++rendered).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void body_servesForASecond() throws IOException {
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 1");
        now += 999 * MILLISECOND;
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 1");
        now += MILLISECOND;
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 2");
    }

    @Test
    void formats_areKeptApart() throws IOException {
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 1");
        assertThat(body(OPEN_METRICS)).isEqualTo("half a OPEN_METRICS body 2");
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 1");
    }

    @Test
    void failure_servesTheLastGoodBodyCountsEachAndWarnsOnce() throws IOException {
        body(TEXT);
        broken = true;
        now += 2000 * MILLISECOND;
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 1");
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 1");
        assertThat(failures.sum()).isEqualTo(2);
        assertThat(warnings).singleElement().asString().contains("conflicting meters");

        broken = false;
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 2");
    }

    @Test
    void wantOfMemory_servesTheLastGoodBody_alsoWhereItCannotBeTold() throws IOException {
        MetricsPage silent = new MetricsPage(this::write, failures, () -> now, warning -> {
            throw new InternalError("nor for this");
        });
        assertThat(silent.answer(TEXT).status()).isEqualTo(200);
        starved = true;
        now += 2000 * MILLISECOND;
        assertThat(new String(silent.answer(TEXT).body(), StandardCharsets.UTF_8))
                .isEqualTo("half a TEXT body 1");
        assertThat(failures.sum()).isEqualTo(1);
        starved = false;
        assertThat(new String(silent.answer(TEXT).body(), StandardCharsets.UTF_8))
                .isEqualTo("half a TEXT body 2");
    }

    @Test
    void failureThatLastsAMinute_isUnavailable_untilABodyCanBeMade() throws IOException {
        body(TEXT);
        broken = true;
        now += 59_999 * MILLISECOND;
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 1");
        now += MILLISECOND;
        assertThat(page.answer(TEXT).status()).isEqualTo(503);
        assertThat(page.answer(TEXT).status()).isEqualTo(503);
        assertThat(failures.sum()).isEqualTo(3);
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains("served for a minute, then status 503 until it can be written again");
        broken = false;
        assertThat(body(TEXT)).isEqualTo("half a TEXT body 2");
    }

    @Test
    void failure_withoutAnyGoodBody_isUnavailable() throws IOException {
        broken = true;
        assertThat(page.answer(TEXT).status()).isEqualTo(503);
        broken = false;
        assertThat(page.answer(TEXT).status()).isEqualTo(200);
    }

    private String body(Wish wish) throws IOException {
        Answer answer = page.answer(wish);
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
