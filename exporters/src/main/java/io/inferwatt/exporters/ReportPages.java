package io.inferwatt.exporters;

import io.inferwatt.core.config.InferwattConfig;
import io.inferwatt.core.report.MeterSnapshot;
import io.inferwatt.core.report.disclosure.Disclosure;
import io.inferwatt.core.report.disclosure.Disclosure.About;
import io.inferwatt.core.report.disclosure.Disclosure.Period;
import io.inferwatt.core.report.disclosure.SnapshotDisclosure;
import io.inferwatt.exporters.http.Page.Answer;
import io.inferwatt.exporters.http.Page.Wish;
import io.inferwatt.exporters.report.CsvReport;
import io.inferwatt.exporters.report.DisclosureJson;
import io.inferwatt.exporters.report.HtmlReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** {@code /report}, {@code /report.csv} and {@code /api/v1/report}: the disclosure of this JVM since the start of its meter. */
final class ReportPages {

    private final Supplier<MeterSnapshot> snapshots;
    private final Supplier<List<String>> findings;
    private final InferwattConfig config;
    private final AgentFigures agent;
    private final LongSupplier epochMillis;
    private final long startMillis;

    /** Makes pages whose period begins now. */
    ReportPages(
            Supplier<MeterSnapshot> snapshots,
            Supplier<List<String>> findings,
            InferwattConfig config,
            AgentFigures agent,
            LongSupplier epochMillis) {
        this.snapshots = snapshots;
        this.findings = findings;
        this.config = config;
        this.agent = agent;
        this.epochMillis = epochMillis;
        this.startMillis = epochMillis.getAsLong();
    }

    Answer html(Wish wish) {
        return answer("text/html; charset=utf-8", HtmlReport.write(disclosure()));
    }

    Answer csv(Wish wish) {
        return answer("text/csv; charset=utf-8", CsvReport.write(disclosure()));
    }

    Answer json(Wish wish) {
        return answer("application/json", DisclosureJson.write(disclosure()));
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

    private static Answer answer(String type, String body) {
        return new Answer(200, type, body.getBytes(StandardCharsets.UTF_8), false);
    }
}
