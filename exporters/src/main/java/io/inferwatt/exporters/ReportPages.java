package io.inferwatt.exporters;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.About;
import io.inferwatt.core.report.disclosure.Disclosure.Period;
import io.inferwatt.core.report.disclosure.SnapshotDisclosure;
import io.inferwatt.exporters.http.FreshPage;
import io.inferwatt.exporters.http.Page;
import io.inferwatt.exporters.http.Turn;
import io.inferwatt.exporters.report.CsvReport;
import io.inferwatt.exporters.report.DisclosureJson;
import io.inferwatt.exporters.report.HtmlReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * {@code /report}, {@code /report.csv} and {@code /api/v1/report}: the disclosure of this JVM since the start of its meter. A body serves
 * for a second, as that of the metrics does.
 */
final class ReportPages {

    private final Supplier<MeterSnapshot> snapshots;
    private final Supplier<List<String>> findings;
    private final InferwattConfig config;
    private final AgentFigures agent;
    private final LongSupplier epochMillis;
    private final long startMillis;
    private final Consumer<String> warnings;
    private final Map<String, Page> pages;
    private boolean told;

    /**
     * Makes pages whose period begins now.
     *
     * @param warnings takes a line when a report cannot be made for the first time
     */
    ReportPages(
            Supplier<MeterSnapshot> snapshots,
            Supplier<List<String>> findings,
            InferwattConfig config,
            AgentFigures agent,
            LongSupplier epochMillis,
            LongSupplier nanoTime,
            Consumer<String> warnings) {
        this.snapshots = snapshots;
        this.findings = findings;
        this.config = config;
        this.agent = agent;
        this.epochMillis = epochMillis;
        this.startMillis = epochMillis.getAsLong();
        this.warnings = warnings;
        Turn making = new Turn();
        pages = Map.of(
                "/report", page("text/html; charset=utf-8", HtmlReport::write, making, nanoTime),
                "/report.csv", page("text/csv; charset=utf-8", CsvReport::write, making, nanoTime),
                "/api/v1/report", page("application/json", DisclosureJson::write, making, nanoTime));
    }

    Map<String, Page> byPath() {
        return pages;
    }

    private Page page(String type, Function<Disclosure, String> writer, Turn making, LongSupplier nanoTime) {
        return new FreshPage(
                type,
                out -> out.write(writer.apply(disclosure()).getBytes(StandardCharsets.UTF_8)),
                making,
                nanoTime,
                this::failed);
    }

    private void failed(Throwable cause) {
        if (!told) {
            told = true;
            warnings.accept("/report could not be written (" + cause
                    + "); the last good one is served for a minute, then status 503; further failures are not logged");
        }
    }

    private Disclosure disclosure() {
        long nowMillis = epochMillis.getAsLong();
        return SnapshotDisclosure.of(
                snapshots.get(),
                new About(
                        config.serviceName(),
                        agent.hostName(),
                        agent.version(),
                        "running JVM",
                        "process " + ProcessHandle.current().pid(),
                        time(nowMillis)),
                new Period(time(startMillis), time(nowMillis), Math.max(0, nowMillis - startMillis) / 1e3),
                config.carbon().marketGramsPerKwh().orElse(Double.NaN),
                findings.get());
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
