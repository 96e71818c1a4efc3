package io.inferwatt.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferwatt.core.call.Outcome;
import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.http.Page.Wish;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportPagesTest {

    private static final Wish PLAIN = new Wish("", false);
    private static final long MILLISECOND = 1_000_000;

    private final Snapshots ledger = Snapshots.ofHost(7).call("minilm", "inference", Outcome.OK);
    private final List<String> warnings = new ArrayList<>();
    private int taken;
    private boolean broken;
    private long nanos;
    private final Map<String, Page> pages = new ReportPages(
                    this::snapshot,
                    List::of,
                    InferwattConfig.DEFAULTS,
                    new AgentFigures("1.2.3", "machine-1", () -> 0, Map.of()),
                    () -> 1_700_000_000_000L,
                    () -> nanos,
                    warnings::add)
            .byPath();

    private MeterSnapshot snapshot() {
        if (broken) {
            throw new IllegalStateException("no books");
        }
        taken++;
        return ledger.now();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/report", "/report.csv", "/api/v1/report"})
    void report_servesForASecond_soThatManyReadersCostNoMoreThanOne(String path) throws IOException {
        Page page = pages.get(path);
        byte[] first = page.answer(PLAIN).body();
        assertThat(new String(first, StandardCharsets.UTF_8)).contains("minilm");
        nanos += 999 * MILLISECOND;
        for (int i = 0; i < 1000; i++) {
            assertThat(page.answer(PLAIN).body()).isSameAs(first);
        }
        assertThat(taken).isEqualTo(1);
        nanos += MILLISECOND;
        assertThat(page.answer(PLAIN).body()).isNotSameAs(first);
        assertThat(taken).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/report", "/report.csv", "/api/v1/report"})
    void reportThatCannotBeMade_isToldOnceAndUnavailableAfterAMinute(String path) throws IOException {
        Page page = pages.get(path);
        byte[] good = page.answer(PLAIN).body();
        broken = true;
        nanos += 2000 * MILLISECOND;
        assertThat(page.answer(PLAIN).body()).isSameAs(good);
        nanos += 60_000 * MILLISECOND;
        Answer late = page.answer(PLAIN);
        assertThat(late.status()).isEqualTo(503);
        assertThat(warnings)
                .containsExactly(
                        "/report could not be written (java.lang.IllegalStateException: no books); the last good"
                                + " one is served for a minute, then status 503; further failures are not logged");
    }
}
